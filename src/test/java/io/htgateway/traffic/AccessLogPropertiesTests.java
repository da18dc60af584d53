package io.htgateway.traffic;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AccessLogProperties}.
 */
class AccessLogPropertiesTests {

	private final PropertiesBinding<AccessLogProperties> binding = new PropertiesBinding<>(AccessLogProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new AccessLogProperties(true));
	}

	@Test
	void bindWhenSetHasIt() {
		assertThat(binding.bind("gateway.access-log.enabled=false").enabled()).isFalse();
	}

	@Test
	void bindWhenValueIsWrongNamesIt() {
		assertThat(binding.failure("gateway.access-log.enabled=maybe")).contains("gateway.access-log.enabled");
	}

	@Test
	void bindWhenPropertyIsUnknownNamesIt() {
		assertThat(binding.failure("gateway.access-log.enable=true")).contains("gateway.access-log.enable");
	}

	@EnableConfigurationProperties(AccessLogProperties.class)
	static class Enabled {

	}

}
