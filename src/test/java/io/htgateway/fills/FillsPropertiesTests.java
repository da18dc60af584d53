package io.htgateway.fills;

import java.time.Duration;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FillsProperties}.
 */
class FillsPropertiesTests {

	private final PropertiesBinding<FillsProperties> binding = new PropertiesBinding<>(FillsProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind())
			.isEqualTo(new FillsProperties(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(7)));
	}

	@ParameterizedTest
	@CsvSource({ "0s, 0", "0ms, 0", "1s, 1000", "1500ms, 1500", "PT10M, 600000", "1h, 3600000" })
	void bindWhenTtlIsSetHasIt(String value, long millis) {
		assertThat(binding.bind("gateway.fills.ttl=" + value).ttl()).hasMillis(millis);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "-1ms", "1ms", "999ms", "366d", "0", "5", "300", "soon", "5 m", "1.5s", "" })
	void bindWhenTtlIsWrongNamesIt(String value) {
		assertThat(binding.failure("gateway.fills.ttl=" + value)).contains("gateway.fills").contains("ttl");
	}

	@ParameterizedTest
	@CsvSource({ "settled-after, 59s", "settled-after, 91d", "settled-after, 0s", "settled-ttl, 8d",
			"settled-ttl, 999ms", "settled-ttl, -1s" })
	void bindWhenTimeOfPastFillsIsWrongNamesIt(String property, String value) {
		assertThat(binding.failure("gateway.fills." + property + "=" + value)).contains(property);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tll", "ttl-seconds", "ttl.risk", "max-size" })
	void bindWhenPropertyIsUnknownNamesIt(String name) {
		assertThat(binding.failure("gateway.fills." + name + "=1s")).contains("gateway.fills." + name);
	}

	@EnableConfigurationProperties(FillsProperties.class)
	static class Enabled {

	}

}
