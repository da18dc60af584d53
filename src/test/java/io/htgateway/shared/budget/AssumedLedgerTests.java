package io.htgateway.shared.budget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that replicas separate assumed calls from calls that any of them made.
 */
@ExtendWith(OutputCaptureExtension.class)
class AssumedLedgerTests {

	private static final long LIMIT = 50_000;

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = "assumed-" + UUID.randomUUID();

	private final List<ReplicaBudget> replicas = new ArrayList<>();

	@AfterEach
	void close() {
		replicas.forEach(ReplicaBudget::close);
	}

	@Test
	void usedCountsTheCallsOfAllReplicasAndNothingAssumed(CapturedOutput output) {
		ReplicaBudget first = start(true);
		ReplicaBudget second = start(true);
		long assumed = second.month().assumed();
		assertThat(assumed).isPositive();

		for (int call = 0; call < 7; call++) {
			assertThat(first.spends()).isTrue();
		}

		Awaitility.await().untilAsserted(() -> assertMonth(second, 7, assumed));
		assertMonth(start(true), 7, assumed);
		assertThat(output).contains("Calls made before the count in Redis began are unknown: assuming that the plan was"
				+ " used evenly until then (month: " + assumed + " of 50000)");
	}

	@Test
	void countOfAnEarlierVersionIsUsed() {
		ReplicaBudget first = start(true);
		assertThat(first.spends()).isTrue();
		long counted = first.counted();

		redis.command("HDEL", ledger(), "month.assumed");

		assertMonth(start(true), counted, 0);
	}

	@Test
	void replicaThatAssumesNothingDropsWhatOthersAssumed() {
		ReplicaBudget first = start(true);
		assertThat(first.spends()).isTrue();

		ReplicaBudget second = start(false);

		assertMonth(second, 1, 0);
		Awaitility.await().untilAsserted(() -> assertMonth(first, 1, 0));
		assertMonth(start(true), 1, 0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callsOfDamagedFileStayAssumedWhenAnyReplicaAssumesNothing(boolean assumeEvenSpend) {
		ReplicaBudget damaged = start(assumeEvenSpend, Budgets::restoreDamaged);
		long assumed = damaged.month().assumed();
		assertThat(assumed).isPositive();
		assertThat(damaged.spends()).isTrue();

		ReplicaBudget other = start(false);
		assertThat(other.spends()).isTrue();

		assertMonth(other, 2, assumed);
		assertMonth(start(true), 2, assumed);
	}

	@Test
	void callsOfKilledRunStayAssumedWhenAnyReplicaAssumesNothing() {
		ReplicaBudget killed = start(false, Budgets::restoreKilled);
		assertThat(killed.spends()).isTrue();

		ReplicaBudget other = start(false);
		assertThat(other.spends()).isTrue();

		assertMonth(other, 2, LIMIT / 10);
		Awaitility.await().untilAsserted(() -> assertMonth(killed, 2, LIMIT / 10));
	}

	@Test
	void callsOfDamagedFileStayAssumedWhenRedisLosesThemAndAnotherReplicaKnowsThem() {
		ReplicaBudget damaged = start(false, Budgets::restoreDamaged);
		long assumed = damaged.month().assumed();
		ReplicaBudget second = start(true);
		ReplicaBudget third = start(false);
		assertThat(List.of(damaged.spends(), second.spends(), third.spends())).containsOnly(true);
		assertMonth(third, 3, assumed);
		damaged.close();
		second.close();

		loseLedger();
		assertThat(third.spends()).isTrue();

		assertMonth(third, 4, assumed);
	}

	@Test
	void callsOfMonthThatAnEarlierVersionMovedToAreNotAssumed() {
		ReplicaBudget first = start(true);
		assertThat(first.spends()).isTrue();
		first.synchronizer().stop();
		// An earlier version starts a month with the calls that it knows of, and does not
		// change other fields.
		redis.command("HSET", ledger(), "month.floor", "1000", "month.count", "0", "month.start", "1");
		redis.command("HSET", ledger(), "month.assumed", "700");
		SharedBudget budget = Budgets.shared(LIMIT, 1, false, new RedisLedger(first.stores().store()),
				() -> Instant.ofEpochMilli(1));

		Budgets.charge(budget, Priority.INTERACTIVE, "anyone");

		assertThat(redis.texts("HMGET", ledger(), "month.floor", "month.count")).containsExactly("1000", "1");
	}

	private static void assertMonth(ReplicaBudget replica, long used, long assumed) {
		BudgetSnapshot.Window month = replica.month();
		assertThat(List.of(month.used(), month.assumed())).containsExactly(used, assumed);
		assertThat(month.remaining()).isEqualTo(LIMIT - used - assumed);
	}

	private void loseLedger() {
		redis.command("DEL", ledger());
	}

	private String ledger() {
		return prefix + ":1:{budget}:ledger";
	}

	private ReplicaBudget start(boolean assumeEvenSpend) {
		return start(assumeEvenSpend, (budget) -> {
		});
	}

	private ReplicaBudget start(boolean assumeEvenSpend, Consumer<SharedBudget> restore) {
		ReplicaBudget replica = ReplicaBudget.start(Stores.connect(redis, prefix), LIMIT, assumeEvenSpend, restore);
		replicas.add(replica);
		return replica;
	}

}
