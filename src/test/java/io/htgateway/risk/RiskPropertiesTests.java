package io.htgateway.risk;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RiskProperties}.
 */
class RiskPropertiesTests {

	private final PropertiesBinding<RiskProperties> binding = new PropertiesBinding<>(RiskProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(new RiskProperties(Duration.ofMinutes(5), Duration.ofMinutes(10),
				Duration.ofHours(24), List.of("1-16"), true));
	}

	@ParameterizedTest
	@CsvSource({ "0s, 0", "0ms, 0", "1s, 1000", "1500ms, 1500", "PT10M, 600000", "1h, 3600000" })
	void bindWhenTtlIsSetHasIt(String value, long millis) {
		assertThat(binding.bind("gateway.risk.ttl=" + value).ttl()).hasMillis(millis);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "-1ms", "1ms", "999ms", "366d", "0", "5", "300", "soon", "5 m", "1.5s", "" })
	void bindWhenTtlIsWrongNamesIt(String value) {
		assertThat(binding.failure("gateway.risk.ttl=" + value)).contains("gateway.risk").contains("ttl");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tll", "ttl-seconds", "ttl.risk", "max-size" })
	void bindWhenPropertyIsUnknownNamesIt(String name) {
		assertThat(binding.failure("gateway.risk." + name + "=1s")).contains("gateway.risk." + name);
	}

	@Test
	void hasSegmentWhenNothingIsSetKnowsSixteenCohorts() {
		RiskProperties properties = binding.bind();

		assertThat(IntStream.rangeClosed(-1, 100).filter(properties::hasSegment))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
	}

	@Test
	void hasSegmentWhenSegmentsAreNumbersAndRangesKnowsThem() {
		RiskProperties properties = binding.bind("gateway.risk.segments=1-3, 7,9-9,99");

		assertThat(IntStream.rangeClosed(-1, 1_000_000).filter(properties::hasSegment)).containsExactly(1, 2, 3, 7, 9,
				99);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1-", "-1", "1-2-3", "1..3", "1;2", "1234567", "1,x", "1 - 3", "\u0665", "0",
			"0-3", "100", "1-99999", "5-3" })
	void bindWhenSegmentsAreWrongNamesThem(String value) {
		assertThat(binding.failure("gateway.risk.segments=" + value)).contains("gateway.risk").contains("segments");
	}

	@EnableConfigurationProperties(RiskProperties.class)
	static class Enabled {

	}

}
