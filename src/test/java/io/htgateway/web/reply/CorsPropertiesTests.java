package io.htgateway.web.reply;

import java.util.List;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CorsProperties}.
 */
class CorsPropertiesTests {

	private final PropertiesBinding<CorsProperties> binding = new PropertiesBinding<>(CorsProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetIsOff() {
		assertThat(binding.bind()).isEqualTo(new CorsProperties(List.of()));
		assertThat(binding.bind("gateway.cors.allowed-origins=").allowedOrigins()).isEmpty();
	}

	@Test
	void bindWhenSetHasAll() {
		assertThat(
				binding.bind("gateway.cors.allowed-origins=https://a.example,http://127.0.0.1:3000").allowedOrigins())
			.containsExactly("https://a.example", "http://127.0.0.1:3000");
		assertThat(binding.bind("gateway.cors.allowed-origins[0]=*").allowedOrigins()).containsExactly("*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "a.example", "https://a.example/", "https://A.example", "https://*.a.example",
			"ftp://a.example", "https://a@b", "https://a.example:123456" })
	void bindWhenOriginIsInvalidNamesIt(String origin) {
		assertThat(binding.failure("gateway.cors.allowed-origins=https://b.example," + origin))
			.contains("gateway.cors.allowed-origins")
			.contains(origin);
	}

	@Test
	void bindWhenPropertyIsUnknownNamesIt() {
		assertThat(binding.failure("gateway.cors.origins=*")).contains("gateway.cors.origins");
	}

	@EnableConfigurationProperties(CorsProperties.class)
	static class Enabled {

	}

}
