package io.htgateway.web.connection;

import java.time.Duration;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DrainProperties}.
 */
class DrainPropertiesTests {

	private final PropertiesBinding<DrainProperties> binding = new PropertiesBinding<>(DrainProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new DrainProperties(Duration.ZERO));
	}

	@Test
	void bindWhenDelayIsNegativeNamesIt() {
		assertThat(binding.failure("gateway.drain.delay=-1s")).contains("gateway.drain", "delay");
	}

	@Test
	void bindWhenDelayIsOverTenMinutesNamesIt() {
		assertThat(binding.bind("gateway.drain.delay=10m").delay()).hasMinutes(10);
		assertThat(binding.failure("gateway.drain.delay=601s")).contains("gateway.drain", "delay");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10ms", "999ms", "1ns" })
	void bindWhenDelayIsBelowASecondNamesIt(String value) {
		assertThat(binding.failure("gateway.drain.delay=" + value))
			.contains("gateway.drain.delay must be 0s, or from 1s to 10m");
	}

	@Test
	void bindWhenDelayIsASecondHasIt() {
		assertThat(binding.bind("gateway.drain.delay=1s").delay()).hasSeconds(1);
	}

	@Test
	void bindWhenPropertyIsUnknownNamesIt() {
		assertThat(binding.failure("gateway.drain.wait=1s")).contains("gateway.drain.wait");
	}

	@EnableConfigurationProperties(DrainProperties.class)
	static class Enabled {

	}

}
