package io.htgateway.budget;

import java.nio.file.Path;
import java.time.Duration;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetProperties}.
 */
class BudgetPropertiesTests {

	private final PropertiesBinding<BudgetProperties> binding = new PropertiesBinding<>(BudgetProperties.class,
			Enabled.class);

	@Test
	void bindWhenNothingIsSetHasDefaults() {
		assertThat(binding.bind()).isEqualTo(
				new BudgetProperties(Plan.PULSE, null, null, null, 1, 1, 0.1, null, true, Duration.ofSeconds(2)));
	}

	@ParameterizedTest
	@CsvSource({ "free, 0, 100, 0", "pulse, 60, 0, 50000", "surge, 100, 0, 150000", "flow, 200, 0, 400000",
			"stream, 500, 0, 2000000" })
	void limitsWhenPlanIsSetAreThoseOfThePlan(String plan, long perMinute, long perDay, long perMonth) {
		assertThat(binding.bind("gateway.budget.plan=" + plan).limits())
			.isEqualTo(new Plan.Limits(perMinute, perDay, perMonth));
	}

	@Test
	void limitsWhenOverriddenAreTheConfiguredOnes() {
		assertThat(binding.bind("gateway.budget.per-minute=50", "gateway.budget.per-day=2000").limits())
			.isEqualTo(new Plan.Limits(50, 2000, 50_000));
	}

	@Test
	void limitsWhenPlanIsCustomAreOnlyTheConfiguredOnes() {
		assertThat(binding.bind("gateway.budget.plan=custom", "gateway.budget.per-month=7").limits())
			.isEqualTo(new Plan.Limits(0, 0, 7));
	}

	@Test
	void limitsWhenThereAreReplicasAreAnEqualPart() {
		assertThat(binding.bind("gateway.budget.replicas=3").limits()).isEqualTo(new Plan.Limits(20, 0, 16_666));
	}

	@Test
	void bindWhenPlanIsCustomWithoutLimitsNamesTheMissingProperties() {
		assertThat(binding.failure("gateway.budget.plan=custom"))
			.contains("gateway.budget.plan is custom, which needs at least one of gateway.budget.per-minute, per-day")
			.contains("per-month");
	}

	@Test
	void bindWhenReplicasExceedALimitNamesTheMostAllowed() {
		assertThat(binding.failure("gateway.budget.replicas=61"))
			.contains("gateway.budget.replicas must be at most 60, the calls per-minute");
	}

	@ParameterizedTest
	@CsvSource({ "plan, premium", "plan, ''", "per-minute, 0", "per-minute, -1", "per-day, many", "per-month, 1e3",
			"per-month, 1000000001", "billing-day, 0", "billing-day, 32", "replicas, 0", "interactive-reserve, -0.1",
			"interactive-reserve, 0.95", "interactive-reserve, 10%" })
	void bindWhenValueIsInvalidNamesTheProperty(String name, String value) {
		assertThat(binding.failure("gateway.budget." + name + "=" + value)).containsAnyOf("gateway.budget." + name,
				"gateway.budget' ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "monthly", "per-second", "plan.name" })
	void bindWhenPropertyIsUnknownNamesTheProperty(String name) {
		assertThat(binding.failure("gateway.budget." + name + "=1")).contains("gateway.budget." + name);
	}

	@Test
	void bindWhenStateFileIsEmptyFails() {
		assertThat(binding.failure("gateway.budget.state-file=")).contains("gateway.budget");
	}

	@Test
	void bindWhenStateFileIsSetHasIt() {
		assertThat(binding.bind("gateway.budget.state-file=/var/lib/gateway/spend.json").stateFile())
			.isEqualTo(Path.of("/var/lib/gateway/spend.json"));
	}

	@EnableConfigurationProperties(BudgetProperties.class)
	static class Enabled {

	}

}
