package io.htgateway.history.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.testing.ScriptedServer;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a response that ends too early is a failure, wherever it ends, and never a
 * shorter content.
 */
class CutAnswerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final S3Server SERVER = S3Server.start();

	private static final AwsProperties PROPERTIES = AwsProperties.set(SERVER.properties());

	private final S3SnapshotStore store = S3SnapshotStore.of(new S3Location(S3Server.BUCKET, ""));

	@AfterEach
	void close() {
		store.close();
	}

	@AfterAll
	static void stop() {
		PROPERTIES.close();
		SERVER.close();
	}

	// Cuts the response in the status line, in the headers and in the body.
	@ParameterizedTest
	@ValueSource(ints = { 0, 8, 20, 40, 100, 140, 160, 170, 200, 250, 300 })
	void partOfAnswerIsNeverReturned(int bytes) {
		SERVER.put("a/x", new byte[300_000]);
		SERVER.put("a/y", new byte[1]);
		SERVER.cut(bytes);

		fails("list", store.list("a/", "", 10));
		fails("list", store.folders("a/"));
		fails("read", store.read("a/x", 1_000_000));
		fails("remove", store.remove(List.of("a/x")));

		SERVER.recover();
		assertThat(store.list("a/y", "", 10).block(PATIENCE)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r\nhel", "Content-Length: 5\r\n", "Content-Length: 5\r\n\r\n",
			"Content-Length: 5\r\n\r\nhel", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\n\r\n",
			"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" })
	void objectWithoutItsEndIsNeverReturned(String rest) {
		byte[] answer = ("HTTP/1.1 200 OK\r\nETag: \"e\"\r\n" + rest).getBytes(StandardCharsets.US_ASCII);
		try (ScriptedServer cut = ScriptedServer.start((out) -> out.write(answer)); SnapshotStore other = at(cut)) {
			fails("read", other.read("a/x", 1_000));
		}
	}

	@Test
	void objectWithoutLengthIsNotDownloaded() {
		AtomicLong sent = new AtomicLong();
		try (ScriptedServer endless = ScriptedServer.start((out) -> writeEndlessly(out, sent));
				SnapshotStore other = at(endless)) {
			fails("read", other.read("a/x", 100_000));
		}

		assertThat(sent.get()).isLessThan(64L * 1024 * 1024);
	}

	private static void writeEndlessly(OutputStream out, AtomicLong sent) throws IOException {
		out.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nTransfer-Encoding: chunked\r\n\r\n"
			.getBytes(StandardCharsets.US_ASCII));
		byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		while (true) {
			out.write(chunk);
			sent.addAndGet(0x1000);
		}
	}

	private static SnapshotStore at(ScriptedServer server) {
		try (AwsProperties _ = AwsProperties.set(Map.of("aws.endpointUrlS3", server.origin()))) {
			return S3SnapshotStore.of(new S3Location(S3Server.BUCKET, ""));
		}
	}

	private static void fails(String operation, Mono<?> result) {
		assertThatExceptionOfType(SnapshotStoreException.class).isThrownBy(() -> result.block(PATIENCE))
			.withMessageStartingWith(operation + ": ")
			.satisfies((failure) -> assertThat(failure.getMessage()).hasSizeLessThan(250));
	}

}
