package io.htgateway.explorer;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ExplorerProperties}.
 */
class ExplorerPropertiesTests {

	private final PropertiesBinding<ExplorerProperties> binding = new PropertiesBinding<>(ExplorerProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new ExplorerProperties(true));
	}

	@Test
	void bindWhenSetHasIt() {
		assertThat(binding.bind("gateway.explorer.enabled=false").enabled()).isFalse();
	}

	@Test
	void bindWhenValueIsWrongNamesIt() {
		assertThat(binding.failure("gateway.explorer.enabled=maybe")).contains("gateway.explorer.enabled");
	}

	@EnableConfigurationProperties(ExplorerProperties.class)
	static class Enabled {

	}

}
