package io.htgateway.shared.stream;

import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.stream.poll.JournalException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests runs that several callers wait for.
 */
class JoinedRunsTests {

	@Test
	void runThatIsLostFailsAndTheNextOneBegins() {
		AtomicInteger begun = new AtomicInteger();
		StepVerifier.withVirtualTime(() -> {
			JoinedRuns runs = new JoinedRuns(
					Mono.defer(() -> (begun.incrementAndGet() == 1) ? Mono.never() : Mono.empty()));
			return Mono.whenDelayError(runs.next(), Mono.defer(runs::next));
		})
			.expectSubscription()
			.expectNoEvent(JoinedRuns.LOST.minusMillis(1))
			.thenAwait(JoinedRuns.LOST)
			.expectError(JournalException.class)
			.verify();
		assertThat(begun).hasValue(2);
	}

}
