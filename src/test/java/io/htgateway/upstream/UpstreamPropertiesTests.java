package io.htgateway.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import io.htgateway.secret.Secret;
import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamProperties}.
 */
class UpstreamPropertiesTests {

	private static final String KEY = "canary-key-5d1f";

	private final PropertiesBinding<UpstreamProperties> binding = new PropertiesBinding<>(UpstreamProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new UpstreamProperties(URI.create("https://ht-api.coinmarketman.com"),
				Secret.of(""), null, Duration.ofSeconds(2), Duration.ofSeconds(10), DataSize.ofMegabytes(32)));
	}

	@Test
	void bindWhenEverythingIsSetHasAllValues() {
		assertThat(
				binding.bind("gateway.upstream.base-url=http://127.0.0.1:9000/base", "gateway.upstream.api-key=" + KEY,
						"gateway.upstream.api-key-file=/run/secrets/key", "gateway.upstream.connect-timeout=100ms",
						"gateway.upstream.response-timeout=1m", "gateway.upstream.max-size=1KB"))
			.isEqualTo(new UpstreamProperties(URI.create("http://127.0.0.1:9000/base"), Secret.of(KEY),
					Path.of("/run/secrets/key"), Duration.ofMillis(100), Duration.ofMinutes(1),
					DataSize.ofKilobytes(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api", "host", "host:443", "//host", "ftp://host", "file:///x", "https:", "https:///x",
			"https://user:pw@host", "https://@host", "https://host?a=b", "https://host?", "https://host#a",
			"https://my_host", "https://a b" })
	void bindWhenBaseUrlIsWrongNamesIt(String value) {
		assertThat(failure("base-url=" + value)).containsAnyOf("baseUrl", "base-url");
	}

	@ParameterizedTest
	@CsvSource({ "https://host/api/external, https://host", "https://host/api/external/, https://host",
			"http://host:8080/proxy/api/external, http://host:8080/proxy",
			"https://host/api/external/fills/liquidation, https://host", "https://host/api, https://host",
			"https://host/api/, https://host", "https://host:443/proxy/api, https://host:443/proxy",
			"HTTPS://Host/API/External, HTTPS://Host", "https://host//api//external//, https://host" })
	void bindWhenBaseUrlHasThePathsOfTheApiNamesTheRightOne(String value, String right) {
		assertThat(failure("base-url=" + value)).contains("which the gateway adds: write " + right + "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://gateway:canary-password@host", "https://host/api/external?token=canary-password",
			"https://gateway:canary-password@host/api/external" })
	void bindWhenBaseUrlHasASecretDoesNotPrintIt(String value) {
		assertThat(failure("base-url=" + value)).contains("without user info, query or fragment")
			.doesNotContain("canary-password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://host/apis", "https://host/my-api", "https://host/", "https://host/api/v1",
			"HTTPS://HOST" })
	void bindWhenBaseUrlOnlyLooksSimilarIsAccepted(String value) {
		assertThat(binding.bind("gateway.upstream.base-url=" + value).baseUrl()).isEqualTo(URI.create(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0s", "-1s", "999ns", "10ms", "99ms", "soon", "500" })
	void bindWhenTimeoutIsWrongNamesIt(String value) {
		assertThat(failure("connect-timeout=" + value)).containsAnyOf("connectTimeout", "connect-timeout");
		assertThat(failure("response-timeout=" + value)).containsAnyOf("responseTimeout", "response-timeout");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1MB", "1023", "1GB", "1024MB", "much" })
	void bindWhenMaxSizeIsWrongNamesIt(String value) {
		assertThat(failure("max-size=" + value)).containsAnyOf("maxSize", "max-size");
	}

	@Test
	void bindWhenPropertyIsUnknownNamesItWithoutItsValueWhichMayBeTheKey() {
		assertThat(failure("api-kee=" + KEY)).contains("gateway.upstream.api-kee");
	}

	@Test
	void toStringDoesNotShowTheKey() {
		UpstreamProperties properties = binding.bind("gateway.upstream.api-key=" + KEY);

		assertThat(properties.apiKey().reveal()).isEqualTo(KEY);
		assertThat(properties.toString()).contains("apiKey=******").doesNotContain(KEY);
	}

	private String failure(String property) {
		String failure = binding.failure("gateway.upstream.api-key=" + KEY, "gateway.upstream." + property);

		assertThat(failure).contains("gateway.upstream").doesNotContain(KEY);
		return failure;
	}

	@EnableConfigurationProperties(UpstreamProperties.class)
	static class Enabled {

	}

}
