package io.htgateway.traffic;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
		assertThat(binding.bind()).isEqualTo(new AccessLogProperties(true, null));
	}

	@Test
	void bindWhenSetHasIt() {
		assertThat(binding.bind("gateway.access-log.enabled=false").enabled()).isFalse();
	}

	@Test
	void bindWhenValueIsWrongNamesIt() {
		assertThat(binding.failure("gateway.access-log.enabled=maybe")).contains("gateway.access-log.enabled");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "miss,failed,refused | MISS,FAILED,REFUSED", "hit | HIT",
			"MISS , Stale | MISS,STALE", "miss,miss | MISS" })
	void bindWhenOutcomesAreSetHasThem(String value, String outcomes) {
		assertThat(binding.bind("gateway.access-log.outcomes=" + value).logged()).map(Outcome::name)
			.containsExactlyInAnyOrder(outcomes.split(","));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "miss,mis | has \"mis\", which is not an outcome", "miss;hit | has \"miss;hit\"",
					"200 | has \"200\"", "all | has \"all\"", "none | has \"none\"", "'miss,,hit' | has \"\"",
					"'' | has no outcome" })
	void bindWhenOutcomeDoesNotExistNamesItAndThoseThatDo(String value, String problem) {
		assertThat(binding.failure("gateway.access-log.outcomes=" + value)).contains(
				"gateway.access-log.outcomes " + problem,
				"hit, stale, collapsed, revalidated, miss, bypass, refused, invalid, rejected, failed, aborted");
	}

	@Test
	void bindWhenPropertyIsUnknownNamesIt() {
		assertThat(binding.failure("gateway.access-log.enable=true")).contains("gateway.access-log.enable");
	}

	@EnableConfigurationProperties(AccessLogProperties.class)
	static class Enabled {

	}

}
