package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the minute that replicas share, with random schedules of calls, pauses, starts
 * of replicas, and deaths and returns of the ledger, with or without its data.
 */
class MinuteScheduleTests {

	private static final int PLAN = 12;

	private static final int STEPS = 14;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * Two ledgers that were created at the same time are taken for the same.
	 */
	private static final Duration MOMENT = Duration.ofMillis(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final VirtualTimeLedger ledger = new VirtualTimeLedger(RedisServer.shared(), UUID.randomUUID().toString(),
			clock);

	@AfterEach
	void clear() {
		ledger.clear();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void noMinuteHasMoreCallsThanThePlan(int replicas) {
		run(replicas, 100);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	@Tag("fuzz")
	void noMinuteOfManySchedulesHasMoreCallsThanThePlan(int replicas) {
		run(replicas, 10_000);
	}

	@Test
	void sixtyFirstCallOfThreeReplicasIsPossibleExactlyWhenTheFirstHasLeftTheMinute() {
		List<SharedBudget> three = List.of(budget(60, 3), budget(60, 3), budget(60, 3));
		three.forEach((budget) -> budget.synchronize().block());
		int calls = 0;
		for (SharedBudget budget : three) {
			calls += Budgets.drain(budget, Priority.INTERACTIVE, 20);
		}
		assertThat(calls).isEqualTo(57);
		assertThat(three.getLast().obstacle()).get()
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(63)));

		clock.advance(Duration.ofMillis(62_999));
		assertThat(Budgets.drain(three.getFirst(), Priority.INTERACTIVE)).isZero();
		clock.advance(Duration.ofMillis(1));
		assertThat(Budgets.drain(three.getFirst(), Priority.INTERACTIVE)).isEqualTo(57);
	}

	@Test
	void onlyReplicaHasTheWholeMinuteWithAndWithoutTheLedger() {
		SharedBudget budget = budget(60, 1);
		budget.synchronize().block();
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE, 20)).isEqualTo(20);
		ledger.goDown();
		clock.advance(Duration.ofSeconds(10));

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(40);
		ledger.comeBack();
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
		budget.synchronize().block();
		assertThat(budget(60, 1)).satisfies((next) -> {
			next.synchronize().block();
			assertThat(Budgets.drain(next, Priority.INTERACTIVE)).isZero();
		});
		clock.advance(Duration.ofSeconds(53));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(20);
	}

	@Test
	void ledgerThatLostItsDataAssumesAFullMinute() {
		SharedBudget budget = budget(60, 3);
		budget.synchronize().block();
		Budgets.drain(budget, Priority.INTERACTIVE, 5);

		clock.advance(MOMENT);
		ledger.clear();

		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isZero();
		assertThat(budget.snapshot().windows().getFirst().assumed()).isEqualTo(57);
		clock.advance(Duration.ofSeconds(63));
		assertThat(Budgets.drain(budget, Priority.INTERACTIVE)).isEqualTo(57);
	}

	private void run(int replicas, int schedules) {
		int most = 0;
		for (int seed = 0; seed < schedules; seed++) {
			ledger.clear();
			ledger.comeBack();
			clock.advance(MINUTE.multipliedBy(2));
			most = Math.max(most, new Schedule(replicas, new Random(seed)).most(seed));
		}
		assertThat(most).isGreaterThanOrEqualTo(PLAN - replicas);
	}

	private SharedBudget budget(long perMinute, int replicas) {
		return Budgets.shared(perMinute, 0, replicas, Shares.NONE, ledger, clock);
	}

	/**
	 * The calls of one schedule.
	 */
	private final class Schedule {

		private final Random random;

		private final int replicas;

		private final List<SharedBudget> budgets = new ArrayList<>();

		private final Set<SharedBudget> informed = new HashSet<>();

		private final Deque<Instant> lastMinute = new ArrayDeque<>();

		private int most;

		private Schedule(int replicas, Random random) {
			this.replicas = replicas;
			this.random = random;
			for (int replica = 0; replica < replicas; replica++) {
				budgets.add(started());
			}
		}

		private SharedBudget started() {
			SharedBudget budget = budget(PLAN, replicas);
			if (ledger.isAvailable()) {
				budget.synchronize().block();
				informed.add(budget);
			}
			return budget;
		}

		private int most(int seed) {
			for (int step = 0; step < STEPS; step++) {
				step();
				most = Math.max(most, lastMinute.size());
				assertThat(lastMinute).as("schedule %s, step %s", seed, step).hasSizeLessThanOrEqualTo(PLAN);
			}
			return most;
		}

		private void step() {
			int replica = random.nextInt(replicas);
			switch (random.nextInt(9)) {
				case 0, 1 -> clock.advance(Duration.ofMillis((long) Math.exp(random.nextDouble(11.5))));
				case 2 -> ledger.goDown();
				case 3 -> comeBack();
				case 4 -> restart(replica);
				default -> call(budgets.get(replica), 1 + random.nextInt(PLAN));
			}
		}

		// What the only replica did without the ledger is lost with it.
		private void restart(int replica) {
			if (replicas > 1 || ledger.isAvailable()) {
				budgets.set(replica, started());
			}
		}

		// A ledger without data learns from a replica that there was one before. If no
		// replica knows either, nobody does.
		private void comeBack() {
			if (!ledger.isAvailable() && random.nextBoolean() && budgets.stream().anyMatch(informed::contains)) {
				clock.advance(MOMENT);
				ledger.clear();
			}
			ledger.comeBack();
			budgets.forEach((budget) -> budget.synchronize().block());
			informed.addAll(budgets);
		}

		private void call(SharedBudget budget, int calls) {
			int made = Budgets.drain(budget, Priority.INTERACTIVE, calls);
			for (int call = 0; call < made; call++) {
				lastMinute.addLast(clock.instant());
			}
			Instant begin = clock.instant().minus(MINUTE);
			while (!lastMinute.isEmpty() && !lastMinute.getFirst().isAfter(begin)) {
				lastMinute.removeFirst();
			}
		}

	}

}
