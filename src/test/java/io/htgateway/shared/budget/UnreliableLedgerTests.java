package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.ledger.ChargeOutcome;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.Stores;
import io.htgateway.testing.Draw;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of a shared budget whose requests and replies are delayed, reordered and lost.
 */
@Tag("faults")
class UnreliableLedgerTests {

	private static final int SEEDS = 100;

	private static final int STEPS = 150;

	private static final int PLAN = 12;

	private static final int PER_MINUTE = 40;

	/**
	 * Number of replicas with which the fallback part has no call in the minute.
	 */
	private static final int MANY_REPLICAS = 11;

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final Stores stores = Stores.connect(redis, prefix);

	private final MutableClock clock = new MutableClock(Instant.parse("2020-11-01T00:00:00Z"));

	@AfterEach
	void close() {
		stores.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void callsStayWithinThePlanAndAreAllCountedWhateverIsLateOrLost(int replicas) {
		for (int seed = 0; seed < SEEDS; seed++) {
			redis.command("DEL", prefix + ":1:{budget}:ledger", prefix + ":1:{budget}:accounts:2020-11");
			Run run = new Run(replicas, new Draw(new Random(seed)));
			for (int step = 0; step < STEPS; step++) {
				run.step();
				assertThat(run.before + run.calls).as("seed %s, step %s", seed, step).isLessThanOrEqualTo(PLAN);
			}
			run.finish();

			assertThat(redis.texts("HMGET", prefix + ":1:{budget}:ledger", "interactive", "month.count"))
				.as("seed %s", seed)
				.containsOnly(String.valueOf(run.calls));
			assertThat(run.budgets).as("seed %s", seed).allMatch((budget) -> used(budget) == run.before + run.calls);
		}
	}

	@Test
	void firstChargeWhenLedgerIsUnavailableAtTheStartIsNotReportedAsUsedUp() {
		UnreliableLedger ledger = new UnreliableLedger(new RedisLedger(stores.store()));
		ledger.goDown();
		List<Throwable> failures = new ArrayList<>();

		budget(ledger, MANY_REPLICAS).charge(Priority.INTERACTIVE, "anyone", "risk", Budgets.PATIENCE)
			.subscribe((charge) -> {
			}, failures::add);

		assertThat(failures).singleElement()
			.hasToString("io.htgateway.budget.BudgetExhausted: the shared count of upstream calls has been unavailable"
					+ " since this replica started, and no call may be made without it yet");
	}

	@Test
	void chargeWithoutAReplyIsRefusedAndReleasedOnce() {
		UnreliableLedger ledger = new UnreliableLedger(new RedisLedger(stores.store()));
		SharedBudget budget = budget(ledger, MANY_REPLICAS);
		budget.synchronize().subscribe();
		ledger.finish();
		List<Throwable> failures = new ArrayList<>();
		budget.charge(Priority.INTERACTIVE, "anyone", "risk", Budgets.PATIENCE).subscribe((charge) -> {
		}, failures::add);

		ledger.goDown();
		assertThat(failures).singleElement()
			.hasToString("io.htgateway.budget.BudgetExhausted: the shared count of upstream calls is unavailable,"
					+ " and the calls that this replica may make without it are used up");
		assertThat(budget.charges(ChargeOutcome.UNCOUNTED)).isEqualTo(1);
		ledger.comeBack();
		for (int times = 0; times < 3; times++) {
			budget.synchronize().subscribe();
			ledger.finish();
		}

		assertThat(used(budget)).isZero();
	}

	@Test
	void chargeReleasedInTheNextMonthIsNotSubtractedFromIt() {
		clock.advance(Duration.ofMinutes(-1));
		SharedBudget budget = Budgets.shared(0, 1_000_000, 1, Shares.NONE, new RedisLedger(stores.store()), clock);
		CallBudget.Charge october = Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		clock.advance(Duration.ofMinutes(1));
		Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		assertThat(used(budget)).isEqualTo(1);

		budget.release(october);
		budget.synchronize().block();

		assertThat(used(budget)).isEqualTo(1);
	}

	@Test
	void chargeReleasedTwiceIsSubtractedOnce() {
		SharedBudget budget = budget(new RedisLedger(stores.store()), 1);
		Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		CallBudget.Charge unsent = Budgets.charge(budget, Priority.INTERACTIVE, "anyone");

		budget.release(unsent);
		budget.release(unsent);
		budget.synchronize().block();

		assertThat(used(budget)).isEqualTo(1);
	}

	@Test
	void releasedCallIsLeftInTheMinuteAndACallReleasedTwiceOnlyOnce() {
		SharedBudget budget = Budgets.shared(3, 0, 1, Shares.NONE, new RedisLedger(stores.store()), clock);
		CallBudget.Charge unsent = Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(2);

		budget.release(unsent);
		budget.release(unsent);
		budget.synchronize().block();

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(1);
		assertThat(redis.number("ZCARD", prefix + ":1:{budget}:minute")).isEqualTo(3);
	}

	private SharedBudget budget(Ledger ledger, int replicas) {
		return Budgets.shared(PER_MINUTE, PLAN, replicas, Shares.NONE, ledger, clock);
	}

	private static long used(CallBudget budget) {
		return Budgets.counted(budget);
	}

	/**
	 * Replicas of one ledger, and their calls. A single replica may also call while the
	 * ledger is unavailable.
	 */
	private final class Run {

		private final Draw draw;

		private final List<UnreliableLedger> ledgers = new ArrayList<>();

		private final List<SharedBudget> budgets = new ArrayList<>();

		private final List<Disposable> loads = new ArrayList<>();

		private final long before;

		private int calls;

		private Run(int replicas, Draw draw) {
			this.draw = draw;
			for (int replica = 0; replica < replicas; replica++) {
				UnreliableLedger ledger = new UnreliableLedger(new RedisLedger(stores.store()));
				ledgers.add(ledger);
				budgets.add(budget(ledger, (replicas == 1) ? 1 : MANY_REPLICAS));
			}
			budgets.forEach((budget) -> budget.synchronize().subscribe());
			ledgers.forEach(UnreliableLedger::finish);
			this.before = used(budgets.getFirst());
		}

		private void step() {
			int replica = draw.below(budgets.size());
			UnreliableLedger ledger = ledgers.get(replica);
			SharedBudget budget = budgets.get(replica);
			clock.advance(Duration.ofSeconds(1));
			switch (draw.below(16)) {
				case 0, 1, 2, 3 -> loads.add(budget.charge(Priority.INTERACTIVE, "anyone", "risk", Budgets.PATIENCE)
					.subscribe((charge) -> charged(budget, charge), (refused) -> {
					}));
				case 4 -> ledger.goDown();
				case 5, 6 -> ledger.comeBack();
				case 7 -> budget.synchronize().onErrorComplete().subscribe();
				case 8 -> {
					if (!loads.isEmpty()) {
						draw.of(loads).dispose();
					}
				}
				default -> ledger.advance(draw);
			}
		}

		// Some calls are not sent, and their charges are released, except charges to the
		// fallback part.
		private void charged(CallBudget budget, CallBudget.Charge charge) {
			if (draw.chance(20) && !charge.id().isEmpty()) {
				budget.release(charge);
			}
			else {
				calls++;
			}
		}

		private void finish() {
			ledgers.forEach(UnreliableLedger::comeBack);
			for (int times = 0; times < 5; times++) {
				ledgers.forEach(UnreliableLedger::finish);
				budgets.forEach((budget) -> budget.synchronize().onErrorComplete().subscribe());
			}
			ledgers.forEach(UnreliableLedger::finish);
			assertThat(ledgers).allMatch(UnreliableLedger::isIdle);
		}

	}

}
