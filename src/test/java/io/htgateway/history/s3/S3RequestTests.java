package io.htgateway.history.s3;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.htgateway.history.store.StoredObject;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Call;
import io.htgateway.testing.s3.S3Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests have the form that stores outside AWS accept as well.
 */
class S3RequestTests {

	private static final S3Server SERVER = S3Server.start();

	private static final AwsProperties PROPERTIES = AwsProperties.set(SERVER.properties());

	@AfterEach
	void listAll() {
		SERVER.limitPages(1_000);
	}

	@AfterAll
	static void stop() {
		PROPERTIES.close();
		SERVER.close();
	}

	@Test
	void bucketIsInThePathOfConfiguredEndpoint() {
		String localhost = SERVER.uri().toString().replace("127.0.0.1", "localhost");
		try (AwsProperties _ = AwsProperties.set(Map.of("aws.endpointUrlS3", localhost));
				S3SnapshotStore store = store()) {
			assertThat(store.list("none/", "", 10).block()).isEmpty();
		}

		assertThat(SERVER.lastRequest()).startsWith("GET /snapshots?");
	}

	@Test
	void bucketIsInTheHostNameOfAws() {
		assertThat(url(null)).isEqualTo("https://snapshots.s3.eu-central-1.amazonaws.com");
		assertThat(url("https://store.example.com:9000")).isEqualTo("https://store.example.com:9000/snapshots");
		assertThat(url("https://store.example.com/s3")).isEqualTo("https://store.example.com/s3/snapshots");
	}

	private static String url(@Nullable String endpoint) {
		return new PathStyle().resolveEndpoint(
				S3EndpointParams.builder().bucket("snapshots").region(Region.EU_CENTRAL_1).endpoint(endpoint).build())
			.join()
			.endpointUrl()
			.toUri()
			.toString();
	}

	@Test
	void writeIsSignedAndHasNoChecksumTrailerOrExpectation() {
		try (S3SnapshotStore store = store()) {
			store.write("a/xyz:MSTR~1", new byte[2_000_000]).block(Duration.ofSeconds(20));
		}

		assertThat(SERVER.lastRequest()).startsWith("PUT /snapshots/history/a/xyz%3AMSTR~1 HTTP/1.1")
			.containsIgnoringCase("\r\nContent-Type: application/gzip\r\n")
			.containsIgnoringCase("\r\nContent-Length: 2000000\r\n")
			.containsIgnoringCase("\r\nAuthorization: AWS4-HMAC-SHA256 ")
			.doesNotContainIgnoringCase("checksum")
			.doesNotContainIgnoringCase("trailer")
			.doesNotContainIgnoringCase("aws-chunked")
			.doesNotContainIgnoringCase("Expect:");
	}

	@Test
	void checksumsAreSentIfTheSdkIsConfiguredSo() {
		try (AwsProperties _ = AwsProperties.set(Map.of("aws.requestChecksumCalculation", "WHEN_SUPPORTED"));
				S3SnapshotStore store = store()) {
			store.write("a/x", new byte[1]).block(Duration.ofSeconds(20));
		}

		assertThat(SERVER.lastRequest()).containsIgnoringCase("x-amz-checksum-crc32");
	}

	@Test
	void removalHasMd5() {
		try (S3SnapshotStore store = store()) {
			store.remove(List.of("a/x", "a/y")).block(Duration.ofSeconds(20));
		}

		assertThat(SERVER.lastRequest()).startsWith("POST /snapshots?delete").containsIgnoringCase("\r\nContent-MD5: ");
	}

	@Test
	void shortPagesAreContinuedUpToTheLimit() {
		List<String> keys = IntStream.range(0, 25).mapToObj("pages/%02d"::formatted).toList();
		keys.forEach((key) -> SERVER.put("history/" + key, new byte[1]));
		IntStream.range(0, 25).forEach((number) -> SERVER.put("history/folders/%02d/x".formatted(number), new byte[1]));
		SERVER.limitPages(4);

		try (S3SnapshotStore store = store()) {
			int before = SERVER.calls(S3Call.LIST);
			assertThat(store.list("pages/", "", 10).block()).extracting(StoredObject::name)
				.isEqualTo(keys.subList(0, 10));
			assertThat(SERVER.calls(S3Call.LIST) - before).isEqualTo(3);
			assertThat(store.list("pages/", "pages/09", 1_000).block()).extracting(StoredObject::name)
				.isEqualTo(keys.subList(10, 25));
			assertThat(store.folders("folders/").block()).hasSize(25).startsWith("00", "01").endsWith("24");
		}
	}

	@Test
	void locationHasNoSlashAtItsEnd() {
		try (S3SnapshotStore store = store()) {
			assertThat(store.location()).isEqualTo("s3://snapshots/history");
		}
	}

	private static S3SnapshotStore store() {
		return S3SnapshotStore.of(S3Location.parse("s3://snapshots/history"));
	}

}
