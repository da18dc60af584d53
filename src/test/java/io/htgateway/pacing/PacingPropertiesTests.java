package io.htgateway.pacing;

import java.time.Duration;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PacingProperties}.
 */
class PacingPropertiesTests {

	private final PropertiesBinding<PacingProperties> binding = new PropertiesBinding<>(PacingProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new PacingProperties(true, Duration.ofMinutes(30), 2));
	}

	@ParameterizedTest
	@CsvSource({ "max-ttl, 0", "max-ttl, -1m", "max-ttl, soon", "max-stretch, 0.9", "max-stretch, NaN",
			"max-stretch, 101", "max-stretch, Infinity", "enabled, perhaps", "ttl, 5m" })
	void bindWhenValueOrNameIsWrongNamesIt(String name, String value) {
		assertThat(binding.failure("gateway.pacing." + name + "=" + value)).containsAnyOf("gateway.pacing." + name,
				"gateway.pacing' ");
	}

	@EnableConfigurationProperties(PacingProperties.class)
	static class Enabled {

	}

}
