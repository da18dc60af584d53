package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Statements;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.testing.Draw;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the accounts that replicas share, with random schedules of calls, releases,
 * killed replicas, months, corrections, replicas of an earlier version, and outages of a
 * real Redis, with or without its data.
 */
class AccountLedgerScheduleTests {

	private static final int STEPS = 40;

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private final MutableClock clock = new MutableClock(START);

	private final VirtualTimeLedger ledger = new VirtualTimeLedger(RedisServer.shared(), UUID.randomUUID().toString(),
			clock);

	@AfterEach
	void clear() {
		ledger.clear();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void sumOfTheLinesIsTheSpendOfThePlanAtAllReplicas(int replicas) {
		run(replicas, 100);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	@Tag("fuzz")
	void sumOfTheLinesOfManySchedulesIsTheSpendOfThePlanAtAllReplicas(int replicas) {
		run(replicas, 1000);
	}

	@Test
	void chargeOfAnEarlierVersionIsACallOfAnUnknownTeam() {
		SharedBudget budget = budget(1);
		Budgets.charge(budget, Priority.INTERACTIVE, "payments");
		long before = Statements.sum(ledger.statement(YearMonth.of(2026, 11)));

		ledger.forgetEntries(true);
		Budgets.charge(budget, Priority.INTERACTIVE, "payments");

		Statement statement = ledger.statement(YearMonth.of(2026, 11));
		assertThat(Statements.calls(statement)).containsEntry(new Line("payments", "risk"), 1L)
			.containsEntry(Line.UNKNOWN, 1L);
		assertThat(Statements.sum(statement)).isEqualTo(before + 1);
	}

	@Test
	void callsInTheAccountAreMadeForALedgerThatLostItsCount() {
		SharedBudget first = budget(3);
		Budgets.drain(first, Priority.INTERACTIVE, 20);
		ledger.clearCount();
		clock.advance(Duration.ofMinutes(2));

		SharedBudget second = budget(3);

		assertThat(second.snapshot().windows().getLast().used()).isEqualTo(20);
		assertThat(Statements.sum(ledger.statement(YearMonth.of(2026, 11)))).isEqualTo(Statements.spend(second));
	}

	private void run(int replicas, int schedules) {
		int made = 0;
		for (int seed = 0; seed < schedules; seed++) {
			ledger.clear();
			ledger.comeBack();
			ledger.forgetEntries(false);
			clock.advance(Duration.between(clock.instant(), START.plusSeconds(seed)));
			Schedule schedule = new Schedule(replicas, new Draw(new Random(seed)));
			schedule.check("seed %s".formatted(seed));
			for (int step = 0; step < STEPS; step++) {
				schedule.step();
				schedule.check("seed %s, step %s".formatted(seed, step));
			}
			made += schedule.made;
		}
		assertThat(made).isGreaterThan(schedules * 8);
	}

	private SharedBudget budget(int replicas) {
		SharedBudget budget = Budgets.shared(600, 30_000, replicas, Shares.NONE, ledger, clock);
		if (ledger.isAvailable()) {
			budget.synchronize().block();
		}
		return budget;
	}

	/**
	 * One schedule, and the calls that it knows to be made.
	 */
	private final class Schedule {

		private final int replicas;

		private final Draw draw;

		private final List<SharedBudget> budgets = new ArrayList<>();

		private final List<Map<CallBudget.Charge, SharedBudget>> charges = new ArrayList<>();

		private final Map<SharedBudget, Map<Line, Long>> unreported = new HashMap<>();

		private final Map<Line, Long> lines = new HashMap<>();

		private final Map<YearMonth, Long> ended = new TreeMap<>();

		private long spend;

		private YearMonth month = YearMonth.of(2026, 11);

		private boolean lost;

		private int made;

		private Schedule(int replicas, Draw draw) {
			this.replicas = replicas;
			this.draw = draw;
			for (int replica = 0; replica < replicas; replica++) {
				budgets.add(budget(replicas));
			}
		}

		private void step() {
			int replica = draw.below(replicas);
			switch (draw.below(14)) {
				case 0 -> clock.advance(Duration.ofSeconds(draw.below(100)));
				case 1 -> nextMonth();
				case 2 -> ledger.goDown();
				case 3, 4 -> comeBack();
				case 5 -> kill(replica);
				case 6 -> budgets.get(replica).correct("month", draw.below(30_000)).block();
				case 7 -> release();
				case 8 -> lose();
				case 9 -> chargeWithoutEntry(budgets.get(replica));
				default -> charge(budgets.get(replica), draw.below(5));
			}
		}

		// Reports of the month before are too late, and are dropped by the budget too.
		private void nextMonth() {
			if (draw.chance(30)) {
				if (ledger.isAvailable()) {
					ended.put(month, spend);
				}
				else {
					ended.remove(month);
				}
				clock.advance(Duration.ofDays(31));
				month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
				lines.clear();
				charges.clear();
				unreported.clear();
			}
		}

		private void comeBack() {
			ledger.comeBack();
			synchronize();
		}

		private void synchronize() {
			for (SharedBudget budget : budgets) {
				budget.synchronize().block();
				unreported.getOrDefault(budget, Map.of()).forEach((line, calls) -> lines.merge(line, calls, Long::sum));
				unreported.remove(budget);
			}
			budgets.forEach((budget) -> budget.synchronize().block());
		}

		private void kill(int replica) {
			SharedBudget killed = budgets.set(replica, budget(replicas));
			unreported.remove(killed);
			charges.removeIf((charge) -> charge.containsValue(killed));
		}

		// A release that fails for five minutes is dropped by the budget.
		private void release() {
			if (!charges.isEmpty() && ledger.isAvailable()) {
				Map<CallBudget.Charge, SharedBudget> one = draw.of(charges);
				charges.remove(one);
				one.forEach((charge, budget) -> {
					budget.release(charge);
					lines.merge(new Line(charge.account(), charge.endpoint()), -1L, Long::sum);
				});
			}
		}

		private void lose() {
			if (draw.chance(30)) {
				clock.advance(Duration.ofMillis(1));
				switch (draw.below(3)) {
					case 0 -> ledger.clear();
					case 1 -> ledger.clearCount();
					default -> ledger.clearAccounts();
				}
				lost = true;
			}
		}

		private void chargeWithoutEntry(SharedBudget budget) {
			if (ledger.isAvailable()) {
				ledger.forgetEntries(true);
				made += Budgets.drain(budget, Priority.INTERACTIVE, 1);
				ledger.forgetEntries(false);
			}
		}

		private void charge(SharedBudget budget, int calls) {
			for (int call = 0; call < calls; call++) {
				Line line = new Line(draw.of("a", "b", "c"), draw.of("risk", "heatmap"));
				try {
					CallBudget.Charge charge = Objects.requireNonNull(
							budget.charge(Priority.INTERACTIVE, line.team(), line.endpoint(), Duration.ofMillis(1))
								.block());
					made++;
					if (charge.id().isEmpty()) {
						unreported.computeIfAbsent(budget, (added) -> new HashMap<>()).merge(line, 1L, Long::sum);
					}
					else {
						charges.add(Map.of(charge, budget));
						lines.merge(line, 1L, Long::sum);
					}
				}
				catch (BudgetExhausted refused) {
					// Nothing is counted.
				}
			}
		}

		private void check(String description) {
			if (!ledger.isAvailable()) {
				return;
			}
			synchronize();
			Statement statement = ledger.statement(month);
			spend = Statements.sum(statement);
			assertThat(budgets).as(description).allMatch((budget) -> Statements.spend(budget) == spend);
			if (!lost) {
				lines.values().removeIf((calls) -> calls == 0);
				Map<Line, Long> calls = Statements.calls(statement);
				calls.keySet().removeIf((line) -> line.team().startsWith("("));
				assertThat(calls).as(description).isEqualTo(lines);
				ended.forEach((earlier, before) -> assertThat(Statements.sum(ledger.statement(earlier)))
					.as(description + ", " + earlier)
					.isEqualTo(before));
			}
		}

	}

}
