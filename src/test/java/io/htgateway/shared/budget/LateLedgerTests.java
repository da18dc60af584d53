package io.htgateway.shared.budget;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.ledger.ChargeOutcome;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a shared budget whose Redis works, but replies late once or loses a connection
 * once.
 */
class LateLedgerTests {

	private static final Duration TIMEOUT = Duration.ofMillis(250);

	private static final Duration LATE = Duration.ofMillis(300);

	/**
	 * Text in every reply of the ledger, and in no other reply of Redis.
	 */
	private static final String LEDGER = "epoch";

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final RedisRoute route = RedisRoute.to(redis);

	private final ReplicaBudget replica = ReplicaBudget.start(Stores.connect(route.port(), prefix, TIMEOUT), 500, 0,
			Map.of());

	@AfterEach
	void close() throws IOException {
		replica.close();
		route.close();
	}

	@Test
	void chargeWhenOneReplyIsLateIsCountedOnceInTheLedger() {
		long before = calls();
		route.holdBack(1, LEDGER, LATE);

		assertThat(chargeAtOnce(8)).isEqualTo(8);

		assertThat(replica.isShared()).isTrue();
		assertThat(calls()).isEqualTo(before + 8);
	}

	@Test
	void chargeWhenTheConnectionIsLostOnceIsCountedOnceInTheLedger() throws IOException {
		long before = calls();
		route.holdBack(1, LEDGER, LATE);
		Flux<CallBudget.Charge> charges = charges(8).cache();
		charges.subscribe();
		Awaitility.await().untilAsserted(() -> assertThat(route.toHoldBack()).isEqualTo(0));

		route.closeConnections();

		assertThat(charges.count().block()).isEqualTo(8);
		assertThat(calls()).isEqualTo(before + 8);
	}

	@Test
	void startWhenTheFirstRepliesAreLateKnowsTheSpend() {
		assertThat(chargeAtOnce(50)).isEqualTo(50);
		Stores stores = Stores.connect(route.port(), prefix, TIMEOUT);
		route.holdBack(2, LEDGER, LATE);

		try (ReplicaBudget next = ReplicaBudget.start(stores, 500, 0, Map.of())) {
			assertThat(next.minute().used()).isBetween(30L, 50L);
		}
	}

	@Test
	void startWhenRedisIsDownServesAndDoesNotReportASpentBudget() {
		try (RedisServer down = RedisServer.start()) {
			down.kill();
			long start = System.nanoTime();
			try (ReplicaBudget alone = ReplicaBudget.start(down, prefix, 12, 0, Map.of())) {
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3));

				assertThatExceptionOfType(BudgetExhausted.class)
					.isThrownBy(() -> Budgets.charge(alone.budget(), Priority.INTERACTIVE, "anyone"))
					.withMessageStartingWith(
							"the shared count of upstream calls has been unavailable since this replica started")
					.matches(BudgetExhausted::isUncounted)
					.matches((refused) -> refused.retryAfter().compareTo(Duration.ofSeconds(40)) > 0);
				assertThat(alone.budget().obstacle()).get().matches(BudgetExhausted::isUncounted);
				assertThat(alone.budget().charges(ChargeOutcome.UNCOUNTED)).isEqualTo(1);
			}
		}
	}

	private long chargeAtOnce(int calls) {
		return Objects.requireNonNull(charges(calls).count().block());
	}

	private Flux<CallBudget.Charge> charges(int calls) {
		return Flux.range(0, calls)
			.flatMap((call) -> replica.budget().charge(Priority.INTERACTIVE, "anyone", "risk", Budgets.PATIENCE),
					calls);
	}

	private long calls() {
		return Long.parseLong(redis.texts("HMGET", prefix + ":1:{budget}:ledger", "calls").getFirst());
	}

}
