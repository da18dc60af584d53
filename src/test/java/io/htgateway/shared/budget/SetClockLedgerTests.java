package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that replicas keep within a shared budget when their own clocks, or the clock of
 * Redis, are set forward or back.
 */
class SetClockLedgerTests {

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final String ledger = prefix + ":1:{budget}:ledger";

	private final Stores stores = Stores.connect(redis, prefix);

	private final SharedBudget right = replica(InstantSource.system());

	@AfterEach
	void close() {
		stores.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "P40D", "P1096D", "P-40D", "P-20000D" })
	void monthWhenOneReplicaHasTheWrongClockIsThatOfTheOthers(Duration jump) {
		SetClock clock = new SetClock(Instant.now());
		SharedBudget wrong = replica(clock.dates());
		right.synchronize().block();
		long before = used(right);
		clock.setForGood(jump);

		Budgets.charge(wrong, Priority.INTERACTIVE, "anyone");
		Budgets.charge(right, Priority.INTERACTIVE, "anyone");

		assertThat(used(right)).isEqualTo(before + 2);
		assertThat(redis.number("HGET", ledger, "month.start")).isEqualTo(month(0).toEpochMilli());
	}

	// Simulates that the clocks of Redis and a replica were set forward together, and
	// back.
	@Test
	void monthWhenTheClockOfRedisWasSetForwardAndBackIsTheEarlierOneWithItsCalls() {
		right.synchronize().block();
		long before = used(right);
		redis.command("HSET", ledger, "month.left.start", text(month(0)), "month.left.calls", String.valueOf(before),
				"month.start", text(month(2)), "month.floor", "1000", "month.count", "7");

		Budgets.charge(right, Priority.INTERACTIVE, "anyone");

		assertThat(used(right)).isEqualTo(before + 7 + 1);
		assertThat(redis.number("HGET", ledger, "month.start")).isEqualTo(month(0).toEpochMilli());
		Budgets.charge(replica(InstantSource.system()), Priority.INTERACTIVE, "anyone");
		right.synchronize().block();
		assertThat(used(right)).isEqualTo(before + 7 + 2);
	}

	// Simulates that the clocks of Redis and a replica were set back, to the month
	// before.
	@Test
	void monthReachedAgainAfterAStepBackHasTheCallsMadeInIt() {
		SetClock clock = new SetClock(month(0).minusSeconds(1));
		SharedBudget replica = replica(clock.dates());
		replica.synchronize().block();
		redis.command("HSET", ledger, "month.start", text(month(-1)), "month.floor", "50", "month.count", "3",
				"month.made." + text(month(0)), "7");
		clock.pass(Duration.ofSeconds(2));

		Budgets.charge(replica, Priority.INTERACTIVE, "anyone");

		assertThat(used(replica)).isEqualTo(7 + 1);
	}

	@Test
	void monthWhenTheClocksAreSetBackIsRememberedWithTheCallsMadeInIt() {
		right.synchronize().block();
		for (int later = 1; later < 20; later++) {
			redis.command("HSET", ledger, "month.start", text(month(later)), "month.floor", "1000", "month.count", "7");
			Budgets.charge(right, Priority.INTERACTIVE, "anyone");
		}
		redis.command("HSET", ledger, "month.start", text(month(19)), "month.floor", "1000", "month.count", "2");

		Budgets.charge(right, Priority.INTERACTIVE, "anyone");

		assertThat(redis.number("HGET", ledger, "month.made." + text(month(19)))).isEqualTo(7 + 2);
		assertThat(redis.texts("HKEYS", ledger)).filteredOn((field) -> field.startsWith("month.made.")).hasSize(12);
	}

	@Test
	void monthWhenTheClockOfRedisIsBehindStaysUntilItIsRight() {
		right.synchronize().block();
		long before = used(right);
		SharedBudget ahead = replica(InstantSource.offset(InstantSource.system(), Duration.ofDays(40)));

		Budgets.charge(ahead, Priority.INTERACTIVE, "anyone");
		right.synchronize().block();

		assertThat(used(right)).isEqualTo(before + 1);
	}

	@Test
	void monthThatAReplicaWithAWrongClockStartedIsReplacedByThatOfTheOthers() {
		SharedBudget ahead = replica(new SetClock(Instant.now().plus(Duration.ofDays(400))).dates());
		Budgets.charge(ahead, Priority.INTERACTIVE, "anyone");
		long even = used(right);

		Budgets.charge(right, Priority.INTERACTIVE, "anyone");

		assertThat(used(right)).isBetween(even, even + 2);
		assertThat(redis.number("HGET", ledger, "month.start")).isEqualTo(month(0).toEpochMilli());
	}

	private SharedBudget replica(InstantSource clock) {
		return Budgets.shared(0, 50_000, 3, new Shares(Map.of()), new RedisLedger(stores.store()), clock);
	}

	private static long used(CallBudget budget) {
		return Budgets.counted(budget);
	}

	private static String text(Instant time) {
		return String.valueOf(time.toEpochMilli());
	}

	private static Instant month(int later) {
		return LocalDate.now(ZoneOffset.UTC)
			.withDayOfMonth(1)
			.plusMonths(later)
			.atStartOfDay(ZoneOffset.UTC)
			.toInstant();
	}

}
