package io.htgateway.history.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a start is refused only if the settings can never work.
 */
@DisabledIfEnvironmentVariable(named = "AWS_REGION", matches = ".+", disabledReason = "the region must be unknown")
class S3SettingsTests {

	private static final S3Location LOCATION = S3Location.parse("s3://snapshots/history");

	@TempDir
	private Path empty;

	@Test
	void missingRegionIsRefused() {
		try (AwsProperties _ = AwsProperties.set(nothing())) {
			assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(() -> S3SnapshotStore.of(LOCATION))
				.withMessageStartingWith("gateway.history.location ")
				.withMessageContaining("set AWS_REGION, such as ");
		}
	}

	@Test
	void invalidEndpointIsRefusedWithoutItsText() {
		for (String endpoint : List.of("localhost:9000", "hidden", "http://hidden host", "http://")) {
			try (AwsProperties _ = AwsProperties.set(with("aws.region", "us-east-1", "aws.endpointUrlS3", endpoint))) {
				assertThatExceptionOfType(UnusableSettingsException.class).as(endpoint)
					.isThrownBy(() -> S3SnapshotStore.of(LOCATION))
					.withMessageContaining("AWS_ENDPOINT_URL_S3, such as http://localhost:9000")
					.satisfies((ex) -> assertThat(ex).hasNoCause()
						.satisfies((message) -> assertThat(message.getMessage()).doesNotContain("hidden")));
			}
		}
	}

	@Test
	void missingCredentialsAreNoFailureBeforeTheFirstOperation() {
		try (AwsProperties _ = AwsProperties
			.set(with("aws.region", "us-east-1", "aws.endpointUrlS3", "http://127.0.0.1:1"));
				S3SnapshotStore store = S3SnapshotStore.of(LOCATION)) {
			assertThatExceptionOfType(SnapshotStoreException.class)
				.isThrownBy(() -> store.list("a/", "", 1).block(Duration.ofSeconds(20)))
				.withMessageStartingWith("list: no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
		}
	}

	@Test
	void wrongCredentialsAreNamedByTheStore() {
		try (S3Server server = S3Server.start()) {
			assertThat(failure(server, Map.of("aws.secretAccessKey", "wrong")))
				.isEqualTo("list: 403 SignatureDoesNotMatch");
			assertThat(failure(server, Map.of("aws.accessKeyId", "AKIAWRONG")))
				.isEqualTo("list: 403 InvalidAccessKeyId");
		}
	}

	private String failure(S3Server server, Map<String, String> wrong) {
		Map<String, String> properties = new HashMap<>(server.properties());
		properties.putAll(wrong);
		try (AwsProperties _ = AwsProperties.set(properties); S3SnapshotStore store = S3SnapshotStore.of(LOCATION)) {
			return store.list("a/", "", 1)
				.map(Object::toString)
				.onErrorResume(SnapshotStoreException.class, (ex) -> Mono.just(ex.reason()))
				.blockOptional(Duration.ofSeconds(20))
				.orElseThrow();
		}
	}

	private Map<String, String> nothing() {
		return with();
	}

	private Map<String, String> with(String... settings) {
		Map<String, String> properties = new HashMap<>();
		properties.put("aws.disableEc2Metadata", "true");
		properties.put("aws.configFile", empty.resolve("config").toString());
		properties.put("aws.sharedCredentialsFile", empty.resolve("credentials").toString());
		for (int i = 0; i < settings.length; i += 2) {
			properties.put(settings[i], settings[i + 1]);
		}
		return properties;
	}

}
