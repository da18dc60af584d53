package io.htgateway.pacing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulates months whose endpoints follow the state, with the real cache, budget, pace
 * and state clock, on each plan and with every source of updates, right or wrong.
 */
@Tag("fuzz")
class StateSimulationTests {

	private static final double DEFAULT_STRETCH = 2;

	private static final Map<StateMonth, MonthTally.Outcome> OUTCOMES = new ConcurrentHashMap<>();

	@BeforeAll
	static void simulate() {
		Collection<StateMonth> months = Stream
			.of(StateMonth.right(), StateMonth.wrong(), Stream.of(StateMonth.WITHOUT_CLOCK, StateMonth.EQUAL))
			.flatMap((each) -> each)
			.toList();
		try (ExecutorService threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
			CompletableFuture
				.allOf(months.stream()
					.map((month) -> CompletableFuture.runAsync(() -> OUTCOMES.put(month, month.simulate()), threads))
					.toArray(CompletableFuture[]::new))
				.join();
		}
	}

	@ParameterizedTest
	@MethodSource("io.htgateway.pacing.StateMonth#right")
	void monthWithTheClockIsNeverOverspentAndFailsNoRequest(StateMonth month) {
		assertThat(outcome(month).refusals()).isZero();
		assertThat(outcome(month).calls()).isLessThanOrEqualTo(month.plan().perMonth());
		assertThat(outcome(month).warmFailures() + outcome(month).coldFailures()).isZero();
	}

	@ParameterizedTest
	@MethodSource("io.htgateway.pacing.StateMonth#right")
	void loadsBringNewBytes(StateMonth month) {
		assertThat(outcome(month).identical()).isLessThanOrEqualTo(0.05);
	}

	@Test
	void surgeWithTheClockServesWhatNeedsFlowWithoutIt() {
		MonthTally.Outcome flow = outcome(StateMonth.WITHOUT_CLOCK);

		assertThat(flow.calls()).isGreaterThan(SimulatedPlan.SURGE.perMonth());
		for (StateSources source : new StateSources[] { StateSources.WEBHOOK, StateSources.STATUS }) {
			MonthTally.Outcome surge = outcome(new StateMonth(SimulatedPlan.SURGE, source, DEFAULT_STRETCH));
			assertThat(surge.meanLag()).isLessThan(flow.meanLag() * 1.1);
		}
	}

	@Test
	void lagOnPulseIsLowerThanAtEqualIntervals() {
		MonthTally.Outcome byDemand = outcome(
				new StateMonth(SimulatedPlan.PULSE, StateSources.WEBHOOK, DEFAULT_STRETCH));

		assertThat(byDemand.meanLag()).isLessThan(outcome(StateMonth.EQUAL).meanLag() * 0.9);
	}

	@ParameterizedTest
	@MethodSource("io.htgateway.pacing.StateMonth#wrong")
	void wrongClockIsNotWorseThanNone(StateMonth month) {
		assertThat(outcome(month).calls()).isLessThan((long) (outcome(StateMonth.WITHOUT_CLOCK).calls() * 1.05));
		assertThat(outcome(month).refusals()).isZero();
		assertThat(outcome(month).warmFailures() + outcome(month).coldFailures()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "WEBHOOK", "STATUS", "INFERENCE" })
	void lagIsNeverWorseThanAQuarterOfTheInterval(StateSources source) {
		assertThat(outcome(new StateMonth(SimulatedPlan.FLOW, source, DEFAULT_STRETCH)).meanLag()).isLessThan(90);
	}

	@Test
	@EnabledIfSystemProperty(named = "budget.write", matches = "true")
	void writeReport() throws IOException {
		Path page = Path.of("docs/budget.md");
		Files.writeString(page, StateReportTable.replaceTables(Files.readString(page), OUTCOMES));
		Files.writeString(Path.of("docs/state.svg"), StateChart.of(OUTCOMES));
		assertThat(page).content().contains("| source | ");
	}

	private static MonthTally.Outcome outcome(StateMonth month) {
		return Objects.requireNonNull(OUTCOMES.get(month));
	}

}
