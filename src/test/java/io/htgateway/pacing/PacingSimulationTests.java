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

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
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

	private static final Map<SimulatedPlan, SimulatedMonth.Outcome> OUTCOMES = Collections
		.synchronizedMap(new EnumMap<>(SimulatedPlan.class));

	@BeforeAll
	static void simulate() {
		// Largest plans first, so that all processors end at about the same time.
		List<SimulatedPlan> plans = List.of(SimulatedPlan.values()).reversed();
		try (ExecutorService months = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
			CompletableFuture
				.allOf(plans.stream()
					.map((plan) -> CompletableFuture.runAsync(() -> simulate(plan), months))
					.toArray(CompletableFuture[]::new))
				.join();
		}
	}

	private static void simulate(SimulatedPlan plan) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(MutableClock.class, () -> new MutableClock(SimulatedMonth.START))
			.withUserConfiguration(Parts.class)
			.withPropertyValues("gateway.budget.plan=" + plan.property())
			.run((gateway) -> OUTCOMES.put(plan, new SimulatedMonth(gateway, plan).run()));
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
		assertThat(outcome(plan).meanAge()).isBetween(plan.bestAge() * 0.9, plan.bestAge() * 1.1);
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
		Files.writeString(page, MonthReport.replaceTable(Files.readString(page), OUTCOMES));
		Files.writeString(Path.of("docs/budget.svg"), MonthChart.of(OUTCOMES));
		assertThat(page).content().contains("| stream |");
	}

	private static SimulatedMonth.Outcome outcome(SimulatedPlan plan) {
		return Objects.requireNonNull(OUTCOMES.get(plan));
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing", "io.htgateway.time" })
	@ConfigurationPropertiesScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing" })
	static class Parts {

	}

}
