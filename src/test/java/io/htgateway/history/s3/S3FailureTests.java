package io.htgateway.history.s3;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Call;
import io.htgateway.testing.s3.S3Server;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that failures of an object store are reported in time with a reason for the
 * operator, and that the store works again afterwards.
 */
class S3FailureTests {

	private static final S3Limits IMPATIENT = new S3Limits(Duration.ofSeconds(1), Duration.ofSeconds(1),
			Duration.ofSeconds(2));

	private static final S3Server SERVER = S3Server.start();

	private static final AwsProperties PROPERTIES = AwsProperties.set(SERVER.properties());

	private static final S3Client CLIENT = S3Client.create(S3Limits.DEFAULT);

	private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

	private final SnapshotStore store = store(S3Server.BUCKET);

	@BeforeEach
	void storeOneObjectAndConnect() {
		SERVER.put("a/x", CONTENT);
		run(store.list("a/", "", 1));
	}

	@AfterEach
	void recover() {
		SERVER.recover();
	}

	@AfterAll
	static void stop() {
		CLIENT.close();
		PROPERTIES.close();
		SERVER.close();
	}

	@Test
	void unavailableStoreIsNamedAndWorksWhenItIsBack() {
		SERVER.down();

		assertThat(reasons(store)).isEqualTo(all("connection refused"));

		SERVER.recover();
		assertThat(run(store.read("a/x", 10))).isEqualTo(CONTENT);
	}

	// Before its first connection, the client sometimes overlooks that one was refused.
	@Test
	void storeThatWasNeverAvailableFailsInTime() {
		try (S3SnapshotStore impatient = new S3SnapshotStore(new S3Location(S3Server.BUCKET, ""),
				S3Client.create(IMPATIENT), IMPATIENT)) {
			SERVER.down();

			assertThat(reasons(impatient).values()).hasSize(5)
				.allSatisfy(
						(reason) -> assertThat(reason).matches("[a-z]+: (connection refused|no answer within [12] s)"));

			SERVER.recover();
			assertThat(run(impatient.read("a/x", 10).retry(5))).isEqualTo(CONTENT);
		}
	}

	@Test
	void hangingStoreFailsInTime() {
		try (S3SnapshotStore impatient = new S3SnapshotStore(new S3Location(S3Server.BUCKET, ""),
				S3Client.create(IMPATIENT), IMPATIENT)) {
			SERVER.hang();

			assertThat(reasons(impatient).values()).hasSize(5)
				.allSatisfy((reason) -> assertThat(reason).matches("[a-z]+: no answer within [12] s"));
		}
	}

	@Test
	void slowStoreIsWaitedFor() {
		SERVER.slow(Duration.ofMillis(200));

		assertThat(run(store.read("a/x", 10))).isEqualTo(CONTENT);
	}

	@Test
	void refusalHasStatusAndCode() {
		SERVER.refuse(403, "AccessDenied");

		assertThat(reasons(store)).isEqualTo(all("403 AccessDenied"));
	}

	@Test
	void fullStoreRefusesOnlyWrites() {
		SERVER.full();

		assertThat(reason(store.write("a/y", CONTENT))).isEqualTo("write: 507 InsufficientStorage");
		assertThat(run(store.read("a/x", 10))).isEqualTo(CONTENT);
		assertThat(SERVER.keys()).contains("a/x").doesNotContain("a/y");
	}

	@Test
	void absentBucketIsNamed() {
		assertThat(reasons(store("absent")).values()).hasSize(5)
			.allSatisfy((reason) -> assertThat(reason).endsWith("NoSuchBucket"));
	}

	@Test
	void requestIsRepeatedSomeTimes() {
		SERVER.refuse(503, "SlowDown");
		int before = SERVER.calls(S3Call.WRITE);

		assertThat(reason(store.write("a/y", CONTENT))).startsWith("write: ");

		assertThat(SERVER.calls(S3Call.WRITE) - before).isBetween(1, 3);
	}

	@Test
	void objectThatIsTooLargeIsNotDownloaded() {
		SERVER.put("a/large", new byte[64 * 1024 * 1024]);
		long before = SERVER.sent();

		assertThat(reason(store.read("a/large", 1_000))).isEqualTo("read: the object is larger than 1000 bytes");

		Awaitility.await().untilAsserted(() -> assertThat(SERVER.connections()).isZero());
		assertThat(SERVER.sent() - before).isLessThan(32 * 1024 * 1024);
	}

	@Test
	void cancelledRequestClosesItsConnection() {
		SERVER.hang();
		int before = SERVER.calls(S3Call.READ);
		Disposable read = store.read("a/x", 10).subscribe();
		Awaitility.await().until(() -> SERVER.calls(S3Call.READ) > before);

		read.dispose();
		SERVER.recover();

		Awaitility.await().untilAsserted(() -> assertThat(SERVER.connections()).isZero());
	}

	@Test
	void nothingWorksAfterClose() {
		S3SnapshotStore closed = new S3SnapshotStore(new S3Location(S3Server.BUCKET, ""),
				S3Client.create(S3Limits.DEFAULT), S3Limits.DEFAULT);
		run(closed.list("a/", "", 10));

		closed.close();

		assertThat(reason(closed.list("a/", "", 10))).startsWith("list: ");
	}

	private static SnapshotStore store(String bucket) {
		return new S3SnapshotStore(new S3Location(bucket, ""), CLIENT, S3Limits.DEFAULT);
	}

	// Sends all requests at the same time.
	private static Map<String, String> reasons(SnapshotStore failing) {
		Map<String, CompletableFuture<?>> operations = Map.of("list", failing.list("a/", "", 10).toFuture(), "folders",
				failing.folders("a/").toFuture(), "read", failing.read("a/x", 10).toFuture(), "write",
				failing.write("a/x", CONTENT).toFuture(), "remove", failing.remove(List.of("a/x")).toFuture());
		Map<String, String> reasons = new HashMap<>();
		operations.forEach((name, operation) -> reasons.put(name, reason(Mono.fromFuture(operation))));
		return reasons;
	}

	private static Map<String, String> all(String reason) {
		return Map.of("list", "list: " + reason, "folders", "list: " + reason, "read", "read: " + reason, "write",
				"write: " + reason, "remove", "remove: " + reason);
	}

	private static String reason(Mono<?> operation) {
		SnapshotStoreException failure = catchThrowableOfType(SnapshotStoreException.class, () -> run(operation));
		assertThat(failure).isNotNull();
		StringWriter printed = new StringWriter();
		failure.printStackTrace(new PrintWriter(printed));
		assertThat(printed.toString()).doesNotContain(SERVER.secretAccessKey(), SERVER.accessKeyId(), "Signature=");
		return failure.reason();
	}

	@SuppressWarnings("NullAway")
	private static <T> T run(Mono<T> operation) {
		return operation.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(20));
	}

}
