package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Statements;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.testing.Draw;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the accounts of a gateway with a state file, with random schedules of calls,
 * releases, kills, restarts, damaged files, corrections and months.
 */
class AccountScheduleTests {

	private static final int STEPS = 60;

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-11T10:00:00Z"));

	@ParameterizedTest
	@ValueSource(strings = { "month", "day" })
	void sumOfTheLinesIsTheSpendOfThePlan(String window) throws IOException {
		run(window, 60);
	}

	@ParameterizedTest
	@ValueSource(strings = { "month", "day" })
	@Tag("fuzz")
	void sumOfTheLinesOfManySchedulesIsTheSpendOfThePlan(String window) throws IOException {
		run(window, 500);
	}

	@Test
	void linesOfAnEndedMonthStay() {
		Run run = start("month", "ended");
		Budgets.charge(run.budget(), Priority.INTERACTIVE, "payments");
		run.keeper().save();
		clock.advance(Duration.ofDays(30));
		run.keeper().save();
		run.keeper().close();

		Statement november = start("month", "ended").budget().state().statement(YearMonth.of(2026, 11));

		assertThat(Statements.calls(november)).containsEntry(new Line("payments", "risk"), 1L);
		assertThat(november.months()).containsExactly(YearMonth.of(2026, 12), YearMonth.of(2026, 11));
		assertThat(directory.resolve("ended.2026-11")).exists();
	}

	private void run(String window, int schedules) throws IOException {
		int made = 0;
		for (int seed = 0; seed < schedules; seed++) {
			Schedule schedule = new Schedule(window, "spend" + seed, new Draw(new Random(seed)));
			for (int step = 0; step < STEPS; step++) {
				schedule.step();
				schedule.check("seed %s, step %s".formatted(seed, step));
			}
			made += schedule.made;
		}
		assertThat(made).isGreaterThan(schedules * 10);
	}

	private Run start(String window, String name) {
		LocalBudget budget = window.equals("month") ? Budgets.of(60, 0, 30_000, clock) : Budgets.of(0, 100, 0, clock);
		Run run = Run.of(budget, directory.resolve(name));
		run.keeper().restore();
		return run;
	}

	/**
	 * One schedule, and the calls that it knows to be made.
	 */
	private final class Schedule {

		private final String window;

		private final String name;

		private final Draw draw;

		private Run run;

		private List<CallBudget.Charge> charges = new ArrayList<>();

		private Map<YearMonth, Map<Line, Long>> lines = new TreeMap<>();

		private Map<YearMonth, Map<Line, Long>> saved = new TreeMap<>();

		/**
		 * Spend of each period when it was last the current one.
		 */
		private final Map<YearMonth, Map<Instant, Long>> periods = new HashMap<>();

		/**
		 * Month of which earlier periods may be unknown, on a plan with days.
		 */
		private @Nullable YearMonth firstAfterKill;

		private int made;

		private Schedule(String window, String name, Draw draw) {
			this.window = window;
			this.name = name;
			this.draw = draw;
			this.run = start(window, name);
		}

		private void step() throws IOException {
			switch (draw.below(12)) {
				case 0 -> clock.advance(Duration.ofSeconds(draw.below(100)));
				case 1 -> clock.advance(Duration.ofHours(draw.below(200)));
				case 2 -> save();
				case 3 -> {
					run = start(window, name);
					lines = copy(saved);
					periods.clear();
					charges.clear();
				}
				case 4 -> {
					run.keeper().close();
					saved = copy(lines);
					run = start(window, name);
					charges.clear();
				}
				case 5 -> run.budget().correct(window, draw.below(100)).block();
				case 6 -> release();
				case 7 -> damage();
				default -> charge();
			}
			if (draw.chance(50)) {
				save();
			}
		}

		private void save() {
			run.keeper().save();
			saved = copy(lines);
		}

		private void charge() {
			Line line = new Line(draw.of(List.of("a", "b", "c")), draw.of(List.of("risk", "heatmap")));
			try {
				CallBudget.Charge charge = Objects.requireNonNull(run.budget()
					.charge(Priority.INTERACTIVE, line.team(), line.endpoint(), Budgets.PATIENCE)
					.block());
				charges.add(charge);
				add(line, 1);
				made++;
			}
			catch (BudgetExhausted refused) {
				// Nothing is counted.
			}
		}

		// A call of an earlier period stays counted.
		private void release() {
			if (!charges.isEmpty()) {
				CallBudget.Charge charge = draw.of(charges);
				charges.remove(charge);
				Instant start = period();
				run.budget().release(charge);
				if (!charge.at().isBefore(start)) {
					add(new Line(charge.account(), charge.endpoint()), -1);
				}
			}
		}

		private Instant period() {
			LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
			return (window.equals("month") ? today.withDayOfMonth(1) : today).atStartOfDay(ZoneOffset.UTC).toInstant();
		}

		// The lines of the current month are lost with the file.
		private void damage() throws IOException {
			if (draw.chance(20)) {
				Files.writeString(directory.resolve(name), "{\"savedAt\":");
				run = start(window, name);
				charges.clear();
				lines.clear();
				saved.clear();
				periods.clear();
			}
		}

		private void add(Line line, long calls) {
			lines.computeIfAbsent(month(), (added) -> new HashMap<>()).merge(line, calls, Long::sum);
		}

		private YearMonth month() {
			return run.budget().state().month();
		}

		// A month that was entered after the last kill is known as a whole.
		private void check(String description) {
			YearMonth current = month();
			if (periods.isEmpty()) {
				firstAfterKill = current;
			}
			periods.computeIfAbsent(current, (added) -> new HashMap<>()).put(period(), Statements.spend(run.budget()));
			periods.forEach((month, spends) -> {
				long spend = spends.values().stream().mapToLong(Long::longValue).sum();
				long sum = Statements.sum(run.budget().state().statement(month));
				if (month.equals(firstAfterKill) && window.equals("day")) {
					assertThat(sum).as(description).isGreaterThanOrEqualTo(spend);
				}
				else {
					assertThat(sum).as(description + ", " + month).isEqualTo(spend);
				}
			});
			lines.forEach((month, calls) -> assertThat(Statements.calls(run.budget().state().statement(month)))
				.as(description + ", " + month)
				.containsAllEntriesOf(positive(calls)));
		}

		private static Map<Line, Long> positive(Map<Line, Long> calls) {
			return calls.entrySet()
				.stream()
				.filter((line) -> line.getValue() > 0)
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		}

		private static Map<YearMonth, Map<Line, Long>> copy(Map<YearMonth, Map<Line, Long>> all) {
			Map<YearMonth, Map<Line, Long>> copy = new TreeMap<>();
			all.forEach((month, calls) -> copy.put(month, new HashMap<>(calls)));
			return copy;
		}

	}

}
