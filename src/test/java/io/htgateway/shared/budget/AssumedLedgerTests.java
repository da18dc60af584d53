package io.htgateway.shared.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas tell assumed calls from calls that any of them made.
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
		long counted = first.month().counted();

		redis.command("HDEL", prefix + ":1:{budget}:ledger", "month.assumed");

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

	private static void assertMonth(ReplicaBudget replica, long used, long assumed) {
		BudgetSnapshot.Window month = replica.month();
		assertThat(List.of(month.used(), month.assumed())).containsExactly(used, assumed);
		assertThat(month.remaining()).isEqualTo(LIMIT - used - assumed);
	}

	private ReplicaBudget start(boolean assumeEvenSpend) {
		ReplicaBudget replica = ReplicaBudget.start(Stores.connect(redis, prefix), LIMIT, assumeEvenSpend);
		replicas.add(replica);
		return replica;
	}

}
