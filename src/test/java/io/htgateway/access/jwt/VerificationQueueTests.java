package io.htgateway.access.jwt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.htgateway.access.TeamRefusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link VerificationQueue} when more JWTs come than it verifies.
 */
class VerificationQueueTests {

	private static final Duration VERIFICATION = Duration.ofMillis(2);

	private final VirtualTimeScheduler thread = VirtualTimeScheduler.create();

	private final VerificationQueue queue = new VerificationQueue(thread);

	private final List<String> verified = Collections.synchronizedList(new ArrayList<>());

	// The first of a flood is verified at once.
	@Test
	void jwtOfAnotherClaimantWaitsForOneOfAFlood() {
		flood("a", VerificationQueue.MAX_WAITING - 1);
		verify("b").subscribe();

		thread.advanceTimeBy(Duration.ofSeconds(10));

		assertThat(verified).hasSize(VerificationQueue.MAX_WAITING).startsWith("a", "a", "b", "a");
	}

	@Test
	void newestJwtOfAFloodIsRefusedAndNoOtherClaimant() {
		List<CompletableFuture<@Nullable String>> flood = flood("a", VerificationQueue.MAX_WAITING + 1);
		CompletableFuture<@Nullable String> other = verify("b").toFuture();
		CompletableFuture<@Nullable String> late = verify("a").toFuture();

		assertThat(flood.getLast()).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(TeamRefusal.TooManyJwts.class);
		assertThat(late).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(TeamRefusal.TooManyJwts.class);
		thread.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(other).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("b");
		assertThat(verified).hasSize(VerificationQueue.MAX_WAITING + 1);
	}

	@Test
	void threadPausesThreeTimesAsLongAsItVerifies() {
		queue.inTurn(List.of("a"), Mono.fromRunnable(VerificationQueueTests::compute)).subscribe();
		verify("b").subscribe();

		thread.advanceTimeBy(VERIFICATION.multipliedBy(3).minusNanos(1));
		assertThat(verified).isEmpty();
		thread.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(verified).containsExactly("b");
	}

	@Test
	void jwtOfAClientThatHasLeftIsNotVerified() {
		verify("a").subscribe();
		verify("b").subscribe().dispose();
		verify("c").subscribe();

		thread.advanceTimeBy(Duration.ofSeconds(10));

		assertThat(verified).containsExactly("a", "c");
	}

	@Test
	void verificationThatFailsDoesNotStopTheOthers() {
		CompletableFuture<@Nullable Object> failed = queue
			.inTurn(List.of("a"), Mono.error(() -> new IllegalStateException("invalid")))
			.toFuture();
		CompletableFuture<@Nullable String> other = verify("b").toFuture();

		thread.advanceTimeBy(Duration.ofSeconds(10));

		assertThat(failed).failsWithin(Duration.ofSeconds(10));
		assertThat(other).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("b");
	}

	private List<CompletableFuture<@Nullable String>> flood(String claimant, int times) {
		List<CompletableFuture<@Nullable String>> flood = new ArrayList<>();
		for (int time = 0; time < times; time++) {
			flood.add(verify(claimant).toFuture());
		}
		return flood;
	}

	private Mono<String> verify(String claimant) {
		return queue.inTurn(List.of(claimant), Mono.fromSupplier(() -> claimant).doOnNext(verified::add));
	}

	private static void compute() {
		long end = System.nanoTime() + VERIFICATION.toNanos();
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

}
