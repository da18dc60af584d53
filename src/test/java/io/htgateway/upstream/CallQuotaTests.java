package io.htgateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.CallBudget.Charge;
import io.htgateway.budget.Priority;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CallQuota}.
 */
class CallQuotaTests {

	private final AtomicInteger calls = new AtomicInteger();

	private final CallQuota quota = new CallQuota() {

		@Override
		public Mono<Void> acquire() {
			return Mono.fromRunnable(calls::incrementAndGet);
		}

		@Override
		public void release() {
			calls.decrementAndGet();
		}

	};

	@Test
	void chargedCallCounts() {
		Charge charge = new Charge(Priority.REFRESH, "anonymous", "heatmap", Instant.EPOCH, "");

		assertThat(quota.limit(Mono.just(charge)).block()).isEqualTo(charge);
		assertThat(calls).hasValue(1);
	}

	@Test
	void refusedCallDoesNotCount() {
		Mono<Charge> refused = Mono.error(new BudgetExhausted("month", Duration.ofDays(1)));

		assertThat(quota.limit(refused).onErrorComplete().blockOptional()).isEmpty();
		assertThat(calls).hasValue(0);
	}

	@Test
	void cancelledCallDoesNotCount() {
		quota.limit(Mono.never()).subscribe().dispose();

		assertThat(calls).hasValue(0);
	}

}
