package io.htgateway.shared.budget;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a budget that three replicas share in a failing Redis.
 */
@Tag("replicas")
class LostLedgerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final RedisServer redis = RedisServer.start();

	private List<ReplicaBudget> three = List.of();

	@AfterEach
	void close() {
		three.forEach(ReplicaBudget::close);
		redis.close();
	}

	@Test
	void monthWhenRedisIsDownIsDividedAndReportedWhenItIsBackEmpty() {
		start(0, 3000);
		assertThat(three.getFirst().spends()).isTrue();
		long before = three.getFirst().counted();
		Awaitility.await()
			.untilAsserted(() -> assertThat(three).extracting((replica) -> replica.counted()).containsOnly(before));
		redis.kill();
		awaitShared(false);

		List<Integer> alone = three.stream().map(ReplicaBudget::drain).toList();
		assertThat(alone).allSatisfy((calls) -> assertThat((long) calls).isEqualTo((3000 - before) / 3));
		long all = before + alone.stream().mapToInt(Integer::intValue).sum();

		redis.restartEmpty();
		awaitShared(true);
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(three).extracting((replica) -> replica.counted()).containsOnly(all));
		assertThat(three).extracting((replica) -> replica.month().used())
			.containsOnly(1L + alone.stream().mapToInt(Integer::intValue).sum());
	}

	@Test
	void monthWhenRedisIsRestartedEmptyIsRestoredByReplicas() {
		start(0, 50_000);
		for (int call = 0; call < 10; call++) {
			assertThat(three.getFirst().spends()).isTrue();
		}
		long before = three.getFirst().counted();

		redis.restartEmpty();
		awaitLedger();

		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(three).extracting((replica) -> replica.counted()).containsOnly(before));
		assertThat(three).extracting((replica) -> replica.month().used()).containsOnly(10L);
	}

	@Test
	void monthWhenAnOldCopyIsRestoredIsNotLower() {
		start(0, 50_000);
		List<String> old = redis.texts("HGETALL", "test:1:{budget}:ledger");
		for (int call = 0; call < 10; call++) {
			assertThat(three.getFirst().spends()).isTrue();
		}
		long before = three.getFirst().counted();

		redis.command("DEL", "test:1:{budget}:ledger");
		redis.command(Stream.concat(Stream.of("HSET", "test:1:{budget}:ledger"), old.stream()).toArray(String[]::new));

		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(three).extracting((replica) -> replica.counted()).containsOnly(before));
	}

	@Test
	void minuteWhenRedisComesAndGoesStaysWithinItsLimit() {
		start(1200, 0);
		int calls = drain();
		assertThat(calls).isGreaterThanOrEqualTo(600);

		for (int times = 0; times < 2; times++) {
			redis.restartEmpty();
			calls += drainUntilShared();
			redis.pause();
			calls += drain() + drain();
			redis.resume();
			calls += drainUntilShared();
		}
		redis.kill();
		awaitShared(false);
		calls += drain();

		assertThat(calls).isLessThanOrEqualTo(1200);
	}

	@Test
	void chargeWhenRedisIsDownIsNeverUnlimited() {
		start(60, 0);
		redis.kill();
		awaitShared(false);

		assertThat(drain()).isLessThanOrEqualTo(3);
	}

	@Test
	void chargeWhenRedisIsReadOnlyIsMadeToTheFallbackPart() {
		start(0, 3000);
		redis.makeReadOnly();
		awaitShared(false);

		assertThat(three.getFirst().spends()).isTrue();
		redis.makeWritable();
		awaitShared(true);
	}

	private void start(long perMinute, long perMonth) {
		three = Stream.generate(() -> ReplicaBudget.start(redis, "test", perMinute, perMonth, Map.of()))
			.limit(ReplicaBudget.REPLICAS)
			.toList();
	}

	private int drain() {
		return three.stream().mapToInt(ReplicaBudget::drain).sum();
	}

	private int drainUntilShared() {
		int[] calls = new int[1];
		Awaitility.await().atMost(PATIENCE).until(() -> {
			calls[0] += drain();
			return three.stream().allMatch(ReplicaBudget::isShared);
		});
		return calls[0] + drain();
	}

	private void awaitShared(boolean expected) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> three.stream().allMatch((replica) -> replica.isShared() == expected));
	}

	private void awaitLedger() {
		Awaitility.await().atMost(PATIENCE).until(() -> redis.answers() && redis.number("DBSIZE") > 0);
		awaitShared(true);
	}

}
