package io.htgateway.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Priority;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PermitWait}.
 */
class PermitWaitTests {

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final PermitWait wait = new PermitWait(Duration.ofSeconds(2), scheduler);

	private final Deque<BudgetExhausted> refusals = new ArrayDeque<>();

	private int attempts;

	private final Mono<String> call = Mono.fromCallable(() -> {
		attempts++;
		BudgetExhausted refusal = refusals.poll();
		if (refusal != null) {
			throw refusal;
		}
		return "answer";
	});

	@Test
	void callThatIsPermittedSoonIsMadeExactlyThen() {
		refusals.add(minute(1_500));

		StepVerifier.create(wait.await(Priority.INTERACTIVE, call))
			.expectSubscription()
			.then(() -> scheduler.advanceTimeBy(Duration.ofMillis(1_499)))
			.then(() -> assertThat(attempts).isEqualTo(1))
			.then(() -> scheduler.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext("answer")
			.verifyComplete();
		assertThat(attempts).isEqualTo(2);
	}

	@Test
	void callThatIsPermittedTooLateIsRefusedAtOnce() {
		refusals.add(minute(2_001));

		StepVerifier.create(wait.await(Priority.INTERACTIVE, call)).verifyError(BudgetExhausted.class);
		assertThat(attempts).isEqualTo(1);
	}

	@Test
	void waitsForSeveralPermitsThatOthersTookAreLimitedTogether() {
		refusals.addAll(List.of(minute(900), minute(900), minute(900)));

		StepVerifier.create(wait.await(Priority.INTERACTIVE, call))
			.expectSubscription()
			.then(() -> scheduler.advanceTimeBy(Duration.ofSeconds(5)))
			.verifyError(BudgetExhausted.class);
		assertThat(attempts).isEqualTo(3);
	}

	@Test
	void permitsThatAreAlwaysTakenEndTheWait() {
		for (int refusal = 0; refusal < 1_000; refusal++) {
			refusals.add(minute(0));
		}

		StepVerifier.create(wait.await(Priority.INTERACTIVE, call))
			.expectSubscription()
			.then(() -> scheduler.advanceTimeBy(Duration.ofSeconds(5)))
			.verifyError(BudgetExhausted.class);
		assertThat(attempts).isEqualTo(201);
	}

	@Test
	void refreshDoesNotWait() {
		refusals.add(minute(1));

		StepVerifier.create(wait.await(Priority.REFRESH, call)).verifyError(BudgetExhausted.class);
	}

	@Test
	void callDoesNotWaitForAShutdown() {
		refusals.add(BudgetExhausted.ofShutdown());

		StepVerifier.create(wait.await(Priority.INTERACTIVE, call)).verifyError(BudgetExhausted.class);
	}

	private static BudgetExhausted minute(long retryAfterMillis) {
		return new BudgetExhausted("minute", Duration.ofMillis(retryAfterMillis));
	}

}
