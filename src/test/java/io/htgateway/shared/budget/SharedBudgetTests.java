package io.htgateway.shared.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a budget that three replicas share in a working Redis.
 */
class SharedBudgetTests {

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final List<ReplicaBudget> replicas = new ArrayList<>();

	@AfterEach
	void close() {
		replicas.forEach(ReplicaBudget::close);
	}

	@Test
	void minuteWhenThreeReplicasStartTogetherHasOneLimit() {
		List<ReplicaBudget> three = List.of(start(60, 0), start(60, 0), start(60, 0));

		int calls = three.stream().mapToInt(ReplicaBudget::drain).sum();

		assertThat(calls).isEqualTo(57);
	}

	@Test
	void minuteWhenAllChargeAtOnceHasNoMoreCallsThanForOneReplica() {
		List<ReplicaBudget> three = List.of(start(2000, 0), start(2000, 0), start(2000, 0));

		Long calls = Flux.range(0, 3000)
			.flatMap((call) -> three.get(call % 3)
				.budget()
				.charge(Priority.INTERACTIVE, "anyone", "risk", Budgets.PATIENCE)
				.onErrorComplete(), 300)
			.count()
			.block();

		// On a busy machine some replies come too late.
		assertThat(calls).isBetween(1600L, 1901L);
	}

	@Test
	void minuteWhenReplicaJoinsOrIsKilledStaysWithinItsLimit() {
		ReplicaBudget first = start(60, 0);
		ReplicaBudget second = start(60, 0);
		int calls = 0;
		for (int call = 0; call < 10; call++) {
			calls += first.spends() ? 1 : 0;
			calls += second.spends() ? 1 : 0;
		}
		replicas.remove(second);
		second.kill();
		calls += start(60, 0).drain() + start(60, 0).drain() + first.drain();

		assertThat(calls).isEqualTo(57);
	}

	@Test
	void snapshotHasTheSpendOfAllReplicas() {
		ReplicaBudget first = start(60, 50_000);
		ReplicaBudget second = start(60, 50_000);
		long before = second.counted();
		assertThat(first.counted()).isBetween(before, before + 1);

		for (int call = 0; call < 7; call++) {
			assertThat(first.spends()).isTrue();
		}
		Budgets.charge(first.budget(), Priority.REFRESH, "anyone");

		Awaitility.await().untilAsserted(() -> assertThat(second.counted()).isEqualTo(before + 8));
		assertThat(second.minute().used()).isEqualTo(8);
		assertThat(second.budget().snapshot().interactiveCalls()).isEqualTo(7);
		assertThat(second.budget().snapshot().refreshCalls()).isEqualTo(1);
		assertThat(first.budget().snapshot().interactiveCalls()).isEqualTo(7);
	}

	@Test
	void monthWhenReplicaStartsIsNotAssumedAgain() {
		ReplicaBudget first = start(0, 50_000);
		long before = first.counted();
		for (int call = 0; call < 5; call++) {
			assertThat(first.spends()).isTrue();
		}

		assertThat(start(0, 50_000).counted()).isEqualTo(before + 5);
	}

	@Test
	void releaseGivesTheCallBackToAll() {
		ReplicaBudget first = start(3, 0);
		Budgets.charge(first.budget(), Priority.INTERACTIVE, "anyone");
		Budgets.charge(first.budget(), Priority.INTERACTIVE, "anyone");
		CallBudget.Charge unsent = Budgets.charge(first.budget(), Priority.INTERACTIVE, "anyone");
		ReplicaBudget second = start(3, 0);
		assertThat(second.spends()).isFalse();

		first.budget().release(unsent);

		Awaitility.await().untilAsserted(() -> assertThat(second.minute().remaining()).isEqualTo(1));
		assertThat(second.drain()).isEqualTo(1);
	}

	@Test
	void refreshesLeaveTheReserveWhicheverReplicaMakesThem() {
		ReplicaBudget first = start(60, 0);
		ReplicaBudget second = start(60, 0);

		int refreshes = Budgets.drain(first.budget(), Priority.REFRESH)
				+ Budgets.drain(second.budget(), Priority.REFRESH);

		assertThat(refreshes).isEqualTo(52);
		assertThat(second.drain()).isEqualTo(5);
	}

	@Test
	void sharesApplyAcrossReplicas() {
		Map<String, Double> half = Map.of("research", 0.5);
		ReplicaBudget first = start(60, half);
		ReplicaBudget second = start(60, half);

		for (int call = 0; call < 10; call++) {
			assertThat(first.spends("other")).isTrue();
		}
		int others = 0;
		while (second.spends("other")) {
			others++;
		}
		assertThat(others).isEqualTo(18);
		for (int call = 0; call < 14; call++) {
			assertThat(first.spends("research")).isTrue();
			assertThat(second.spends("research")).isTrue();
		}
	}

	@Test
	void chargeWhenRedisHasGarbageIsGranted() {
		redis.command("SET", prefix + ":1:{budget}:ledger", "garbage");

		ReplicaBudget replica = start(60, 0);

		assertThat(replica.isShared()).isTrue();
		assertThat(replica.drain()).isEqualTo(57);
	}

	private ReplicaBudget start(long perMinute, long perMonth) {
		ReplicaBudget replica = ReplicaBudget.start(redis, prefix, perMinute, perMonth, Map.of());
		replicas.add(replica);
		return replica;
	}

	private ReplicaBudget start(long perMinute, Map<String, Double> shares) {
		ReplicaBudget replica = ReplicaBudget.start(redis, prefix, perMinute, 0, shares);
		replicas.add(replica);
		return replica;
	}

}
