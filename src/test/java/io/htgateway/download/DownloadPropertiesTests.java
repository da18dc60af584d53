package io.htgateway.download;

import java.time.Duration;
import java.util.List;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DownloadProperties}.
 */
class DownloadPropertiesTests {

	private final PropertiesBinding<DownloadProperties> binding = new PropertiesBinding<>(DownloadProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new DownloadProperties(List.of("aws:s3"), false, DataSize.ofMegabytes(32),
				Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(20)));
	}

	@Test
	void bindWhenEverythingIsSetHasAllValues() {
		assertThat(
				binding.bind("gateway.downloads.allowed-hosts=*.example.com, files.example.com,[::1],127.0.0.1,aws:s3",
						"gateway.downloads.allow-insecure=true", "gateway.downloads.max-size=1KB",
						"gateway.downloads.connect-timeout=3s", "gateway.downloads.response-timeout=4s",
						"gateway.downloads.timeout=5s"))
			.isEqualTo(new DownloadProperties(
					List.of("*.example.com", "files.example.com", "[::1]", "127.0.0.1", "aws:s3"), true,
					DataSize.ofKilobytes(1), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "*.", "**.example.com", "a.*.example.com", "*example.com", "https://example.com",
			"example.com/x", "user@example.com", "b\u00fccket.example.com", "example.com,*", "127.0.0.1:9000",
			"aws:s3:eu", "aws:ec2", "::1", "[x]", "*.aws:s3" })
	void bindWhenAllowedHostsAreWrongNamesThem(String value) {
		assertThat(binding.failure("gateway.downloads.allowed-hosts=" + value)).contains("gateway.downloads")
			.containsAnyOf("allowedHosts", "allowed-hosts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1MB", "1023", "1GB", "2GB", "1024MB", "much", "" })
	void bindWhenMaxSizeIsWrongNamesIt(String value) {
		assertThat(binding.failure("gateway.downloads.max-size=" + value)).contains("gateway.downloads")
			.containsAnyOf("maxSize", "max-size");
	}

	@ParameterizedTest
	@CsvSource({ "connect-timeout, connectTimeout", "response-timeout, responseTimeout", "timeout, timeout" })
	void bindWhenTimeIsWrongNamesIt(String property, String field) {
		for (String value : List.of("0s", "-1s", "10ms", "99ms", "11m", "long", "")) {
			assertThat(binding.failure("gateway.downloads." + property + "=" + value)).contains("gateway.downloads")
				.containsAnyOf(field, property);
		}
	}

	@Test
	void bindWhenAllowInsecureIsWrongNamesIt() {
		assertThat(binding.failure("gateway.downloads.allow-insecure=perhaps"))
			.contains("gateway.downloads.allow-insecure");
	}

	@ParameterizedTest
	@CsvSource({ "allowed-host", "hosts", "ttl" })
	void bindWhenPropertyIsUnknownNamesIt(String name) {
		assertThat(binding.failure("gateway.downloads." + name + "=x")).contains("gateway.downloads." + name);
	}

	@EnableConfigurationProperties(DownloadProperties.class)
	static class Enabled {

	}

}
