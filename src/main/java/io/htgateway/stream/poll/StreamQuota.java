package io.htgateway.stream.poll;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.upstream.CallQuota;
import reactor.core.publisher.Mono;

/**
 * Calls that polls may cause. Each call is stored as made before it is sent, so that no
 * replica makes it again after this one was killed.
 */
final class StreamQuota implements CallQuota {

	private final StreamShare share;

	private final Journal journal;

	private final InstantSource dates;

	private final LongAdder calls = new LongAdder();

	// Calls that were stored as made and not sent.
	private final AtomicInteger returned = new AtomicInteger();

	StreamQuota(StreamShare share, Journal journal, InstantSource dates) {
		this.share = share;
		this.journal = journal;
		this.dates = dates;
	}

	@Override
	public Mono<Void> acquire() {
		return Mono.defer(this::take).then();
	}

	private Mono<Integer> take() {
		Checkpoint before = Objects.requireNonNull(journal.checkpoint());
		int unsent = returned.getAndSet(0);
		Allowance left = before.allowance().plus(unsent).at(dates.instant(), share);
		if (left.isSpent()) {
			returned.addAndGet(unsent);
			return Mono.error(BudgetExhausted.ofTask(left.wait(share)));
		}
		return journal.commit(Step.of(before, before.with(left.plus(-1))));
	}

	// A counter must not decrease, so a call counts when it was charged.
	@Override
	public void charged() {
		calls.increment();
	}

	@Override
	public void release() {
		returned.incrementAndGet();
	}

	/**
	 * Returns whether the share is used up.
	 */
	boolean isSpent(Allowance allowance, Instant now) {
		return allowance.plus(returned.get()).at(now, share).isSpent();
	}

	/**
	 * Returns the number of calls so far.
	 */
	long calls() {
		return calls.sum();
	}

}
