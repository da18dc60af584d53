package io.htgateway.cache;

import java.time.Duration;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CacheProperties}.
 */
class CachePropertiesTests {

	private final PropertiesBinding<CacheProperties> binding = new PropertiesBinding<>(CacheProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new CacheProperties(null, Duration.ofSeconds(1), 1000, 64, 0.1))
			.extracting(CacheProperties::size)
			.isEqualTo(MemoryLimits.ofThisJvm().defaultCache());
	}

	@ParameterizedTest
	@CsvSource({ "1MB, 1048576", "1048576B, 1048576", "4GB, 4294967296" })
	void bindWhenMaxSizeIsSetHasIt(String value, long bytes) {
		assertThat(binding.bind("gateway.cache.max-size=" + value).size().toBytes()).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1MB", "1023KB", "1048575B", "1048576", "much", "" })
	void bindWhenMaxSizeIsWrongNamesIt(String value) {
		assertThat(binding.failure("gateway.cache.max-size=" + value)).contains("gateway.cache")
			.containsAnyOf("maxSize", "max-size");
	}

	@Test
	void bindWhenPropertyIsUnknownNamesIt() {
		assertThat(binding.failure("gateway.cache.size=1MB")).contains("gateway.cache.size");
	}

	@EnableConfigurationProperties(CacheProperties.class)
	static class Enabled {

	}

}
