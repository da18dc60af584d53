package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.testing.Draw;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that three replicas share what they know of the calls of others.
 */
@Tag("replicas")
class SharedElsewhereTests {

	private static final long LIMIT = 30_000;

	private static final int SEEDS = 60;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-03T00:00:00Z"));

	private final VirtualTimeLedger ledger = new VirtualTimeLedger(RedisServer.shared(), UUID.randomUUID().toString(),
			clock);

	@AfterEach
	void clear() {
		ledger.clear();
	}

	@Test
	void correctionAtOneReplicaAppliesToAll() {
		List<SharedBudget> three = three();
		clock.advance(Duration.ofDays(13));

		correct(three.getFirst(), 6_000);
		synchronize(three);

		assertElsewhere(three, 6_000);
		assertThat(three).extracting((budget) -> budget.snapshot().projectedSpend()).containsOnly(12_000L);
		SharedBudget fourth = budget();
		fourth.synchronize().block();
		assertThat(month(fourth).elsewhere()).isEqualTo(6_000);
		assertThat(month(fourth).assumed()).isZero();
	}

	@Test
	void callsOfAllAreThePlanWithoutThoseOfOthers() {
		List<SharedBudget> three = three();
		correct(three.getFirst(), 29_000);

		int calls = three.stream().mapToInt((budget) -> Budgets.drain(budget, Priority.INTERACTIVE)).sum();

		assertThat(calls).isEqualTo(1_000);
	}

	@Test
	void a429ThatAllReplicasGetCountsOnce() {
		List<SharedBudget> three = three();

		three.forEach((budget) -> budget.rateLimited(Duration.ofHours(3)));
		synchronize(three);

		assertElsewhere(three, 3_000);
	}

	@Test
	void replicasThatDecideAtTheSameTimeFollowTheFirst() {
		List<SharedBudget> three = three();
		ledger.goDown();
		three.get(0).rateLimited(Duration.ofHours(3));
		correct(three.get(1), 500);
		correct(three.get(2), 700);
		assertThat(three).extracting((budget) -> month(budget).elsewhere()).containsExactly(3_000L, 500L, 700L);
		ledger.comeBack();

		synchronize(three);
		synchronize(three);

		assertElsewhere(three, 3_000);
	}

	@Test
	void correctionWinsOverAnEstimateThatWasMadeAtTheSameTime() {
		List<SharedBudget> three = three();
		ledger.goDown();
		three.get(0).rateLimited(Duration.ofHours(3));
		ledger.comeBack();
		three.get(0).synchronize().block();

		correct(three.get(1), 500);
		synchronize(three);

		assertElsewhere(three, 500);
	}

	@Test
	void correctionWithoutTheLedgerIsSharedWhenItIsBack() {
		List<SharedBudget> three = three();
		ledger.goDown();

		correct(three.getFirst(), 6_000);
		assertThat(month(three.getFirst()).elsewhere()).isEqualTo(6_000);
		assertThat(month(three.getFirst()).remaining()).isEqualTo(8_000);
		ledger.comeBack();
		synchronize(three);

		assertElsewhere(three, 6_000);
	}

	@Test
	void ledgerThatLostItsDataLearnsTheCallsOfOthersAgain() {
		List<SharedBudget> three = three();
		correct(three.getFirst(), 6_000);
		synchronize(three);

		clock.advance(Duration.ofMillis(1));
		ledger.clear();
		synchronize(three);

		assertElsewhere(three, 6_000);
		SharedBudget fourth = budget();
		fourth.synchronize().block();
		assertThat(month(fourth).elsewhere()).isEqualTo(6_000);
	}

	@Test
	void nextMonthBeginsWithoutCallsOfOthersAtAllReplicas() {
		List<SharedBudget> three = three();
		correct(three.getFirst(), 6_000);
		synchronize(three);

		clock.advance(Duration.ofDays(30));
		synchronize(three);

		assertElsewhere(three, 0);
		correct(three.getLast(), 400);
		synchronize(three);
		assertElsewhere(three, 400);
	}

	@Test
	void lateAndRepeatedRequestsChangeNothing() {
		List<Ledger.Request> sent = new ArrayList<>();
		SharedBudget first = budget(new Recording(ledger, sent));
		List<SharedBudget> others = List.of(budget(), budget());
		first.synchronize().block();
		synchronize(others);
		first.rateLimited(Duration.ofHours(3));
		clock.advance(Duration.ofHours(30));
		first.rateLimited(Duration.ofHours(3));
		correct(first, 200);
		synchronize(others);
		assertElsewhere(others, 200);

		List.copyOf(sent).reversed().forEach((request) -> ledger.send(request).block());
		List.copyOf(sent).forEach((request) -> ledger.send(request).block());
		synchronize(others);
		first.synchronize().block();

		assertElsewhere(others, 200);
		assertThat(month(first).elsewhere()).isEqualTo(200);
	}

	// Each correction is one number that is never a sum of others.
	@Test
	void replicasAgreeWhateverIsLateOrLost() {
		for (int seed = 0; seed < SEEDS; seed++) {
			ledger.clear();
			ledger.comeBack();
			clock.advance(Duration.ofMillis(1));
			UnreliableLedger unreliable = new UnreliableLedger(ledger);
			Draw draw = new Draw(new Random(seed));
			List<SharedBudget> three = List.of(budget(unreliable), budget(unreliable), budget(unreliable));
			List<Long> entered = new ArrayList<>(List.of(0L));
			for (int step = 0; step < 60; step++) {
				SharedBudget one = draw.of(three);
				if (draw.below(4) == 0) {
					entered.add(1_000L + step);
					one.correct("month", 1_000L + step).subscribe();
				}
				else {
					one.synchronize().onErrorComplete().subscribe();
				}
				unreliable.advance(draw);
			}
			unreliable.finish();
			for (int round = 0; round < 2; round++) {
				three.forEach((budget) -> budget.synchronize().onErrorComplete().subscribe());
				unreliable.finish();
			}

			assertThat(three).as("seed %d", seed)
				.extracting((budget) -> month(budget).elsewhere())
				.allSatisfy((elsewhere) -> assertThat(elsewhere).isEqualTo(month(three.getFirst()).elsewhere())
					.isIn(entered));
		}
	}

	private List<SharedBudget> three() {
		List<SharedBudget> three = List.of(budget(), budget(), budget());
		synchronize(three);
		return three;
	}

	private static void synchronize(List<SharedBudget> budgets) {
		budgets.forEach((budget) -> budget.synchronize().block());
		budgets.forEach((budget) -> budget.synchronize().block());
	}

	private static void correct(SharedBudget budget, long used) {
		assertThat(Objects.requireNonNull(budget.correct("month", used).block()).elsewhere()).isEqualTo(used);
	}

	private static void assertElsewhere(List<SharedBudget> budgets, long calls) {
		assertThat(budgets).extracting((budget) -> month(budget).elsewhere()).containsOnly(calls);
	}

	private static BudgetSnapshot.Window month(SharedBudget budget) {
		return budget.snapshot().windows().getLast();
	}

	private SharedBudget budget() {
		return budget(ledger);
	}

	private SharedBudget budget(Ledger of) {
		return Budgets.shared(LIMIT, 3, false, of, clock);
	}

	/**
	 * Remembers the requests.
	 */
	private record Recording(Ledger ledger, List<Ledger.Request> sent) implements Ledger {

		@Override
		public boolean isAvailable() {
			return ledger.isAvailable();
		}

		@Override
		public Mono<Reply> send(Request request) {
			sent.add(request);
			return ledger.send(request);
		}

	}

}
