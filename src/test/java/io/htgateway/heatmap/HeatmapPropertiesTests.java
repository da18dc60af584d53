package io.htgateway.heatmap;

import java.time.Duration;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link HeatmapProperties}.
 */
class HeatmapPropertiesTests {

	private final PropertiesBinding<HeatmapProperties> binding = new PropertiesBinding<>(HeatmapProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(
				new HeatmapProperties(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofHours(24), true));
	}

	@ParameterizedTest
	@CsvSource({ "0s, 0", "0ms, 0", "1s, 1000", "1500ms, 1500", "PT10M, 600000", "1h, 3600000" })
	void bindWhenTtlIsSetHasIt(String value, long millis) {
		assertThat(binding.bind("gateway.heatmap.ttl=" + value).ttl()).hasMillis(millis);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "-1ms", "1ms", "999ms", "366d", "0", "5", "300", "soon", "5 m", "1.5s", "" })
	void bindWhenTtlIsWrongNamesIt(String value) {
		assertThat(binding.failure("gateway.heatmap.ttl=" + value)).contains("gateway.heatmap").contains("ttl");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tll", "ttl-seconds", "ttl.risk", "max-size" })
	void bindWhenPropertyIsUnknownNamesIt(String name) {
		assertThat(binding.failure("gateway.heatmap." + name + "=1s")).contains("gateway.heatmap." + name);
	}

	@EnableConfigurationProperties(HeatmapProperties.class)
	static class Enabled {

	}

}
