package io.htgateway.pacing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulates a month on each plan, with the real cache, budget and pace.
 */
class PacingSimulationTests {

	private static final Map<SimulatedPlan, MonthTally.Outcome> BY_DEMAND = Collections
		.synchronizedMap(new EnumMap<>(SimulatedPlan.class));

	private static final Map<SimulatedPlan, MonthTally.Outcome> EQUAL = Collections
		.synchronizedMap(new EnumMap<>(SimulatedPlan.class));

	// The default of gateway.pacing.max-stretch.
	private static final double DEFAULT = 2;

	private static final Map<SimulatedPlan, Double> BEST = new EnumMap<>(SimulatedPlan.class);

	@BeforeAll
	static void simulate() {
		List<SimulatedPlan> plans = List.of(SimulatedPlan.values());
		List<SimulatedPlan> exceeded = plans.stream().filter(SimulatedPlan::isExceeded).toList();
		try (ExecutorService months = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
			CompletableFuture
				.allOf(Stream
					.concat(plans.stream().map((plan) -> (Runnable) () -> simulate(plan, DEFAULT, BY_DEMAND)),
							exceeded.stream().map((plan) -> (Runnable) () -> simulate(plan, 1, EQUAL)))
					.map((month) -> CompletableFuture.runAsync(month, months))
					.toArray(CompletableFuture[]::new))
				.join();
		}
		plans.forEach((plan) -> BEST.put(plan, new BestIntervals(plan.demand().rates()).meanAge(plan.rate())));
	}

	private static void simulate(SimulatedPlan plan, double maxStretch,
			Map<SimulatedPlan, MonthTally.Outcome> outcomes) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(MutableClock.class, () -> new MutableClock(SimulatedMonth.START))
			.withUserConfiguration(Parts.class)
			.withPropertyValues("gateway.budget.plan=" + plan.property(), "gateway.pacing.max-stretch=" + maxStretch)
			.run((gateway) -> outcomes.put(plan, new SimulatedMonth(gateway, plan, SimulatedSource.NONE).run()));
	}

	@ParameterizedTest
	@EnumSource
	void upstreamNeverRefusesAndPlanIsNeverOverspent(SimulatedPlan plan) {
		assertThat(outcome(plan).refusals()).isZero();
		assertThat(outcome(plan).calls()).isLessThanOrEqualTo(plan.perMonth());
	}

	@ParameterizedTest
	@EnumSource
	void planWhenDemandExceedsItIsUsedUp(SimulatedPlan plan) {
		double used = (double) outcome(plan).calls() / plan.perMonth();

		if (plan.isExceeded()) {
			assertThat(used).isGreaterThanOrEqualTo(0.95);
		}
		else {
			assertThat(used).isLessThan(0.9);
		}
	}

	@ParameterizedTest
	@EnumSource
	void ageIsCloseToTheBestPossible(SimulatedPlan plan) {
		assertThat(outcome(plan).meanAge() / best(plan)).isBetween(0.97, 1.1);
	}

	@ParameterizedTest
	@CsvSource({ "FREE, 0.85", "PULSE, 0.85", "SURGE, 0.95" })
	void ageIsLowerThanAtEqualIntervals(SimulatedPlan plan, double part) {
		assertThat(outcome(plan).meanAge()).isLessThan(equal(plan).meanAge() * part);
	}

	@ParameterizedTest
	@EnumSource
	void noRequestFails(SimulatedPlan plan) {
		assertThat(outcome(plan).warmFailures()).isZero();
		assertThat(outcome(plan).coldFailures()).isZero();
	}

	@Test
	@EnabledIfSystemProperty(named = "budget.write", matches = "true")
	void writeReport() throws IOException {
		Path page = Path.of("docs/budget.md");
		Files.writeString(page, MonthReport.replaceTable(Files.readString(page), BY_DEMAND, EQUAL, BEST));
		Files.writeString(Path.of("docs/budget.svg"), MonthChart.of(BY_DEMAND, EQUAL, BEST));
		assertThat(page).content().contains("| stream |");
	}

	private static MonthTally.Outcome outcome(SimulatedPlan plan) {
		return Objects.requireNonNull(BY_DEMAND.get(plan));
	}

	private static MonthTally.Outcome equal(SimulatedPlan plan) {
		return Objects.requireNonNull(EQUAL.get(plan));
	}

	private static double best(SimulatedPlan plan) {
		return Objects.requireNonNull(BEST.get(plan));
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing", "io.htgateway.time" })
	@ConfigurationPropertiesScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing" })
	static class Parts {

	}

}
