package io.htgateway.stream.poll;

import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the polls by outcome, and logs when they begin to fail and when they succeed
 * again.
 */
public final class PollHealth {

	private static final Logger LOG = LoggerFactory.getLogger(PollHealth.class);

	private final AtomicLong succeeded = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong fills = new AtomicLong();

	private final AtomicLong unreadable = new AtomicLong();

	private long failuresInRow;

	/**
	 * Records a poll that read all fills.
	 */
	synchronized void succeeded() {
		succeeded.incrementAndGet();
		if (failuresInRow > 0) {
			LOG.info("Polls for streams succeed again, from the last fill before the failure: failures={}",
					failuresInRow);
			failuresInRow = 0;
		}
	}

	/**
	 * Records a failed poll: the upstream did not answer, rejected the request, or sent
	 * an unusable response.
	 */
	synchronized void failed(Throwable failure) {
		failed.incrementAndGet();
		failuresInRow++;
		if (failuresInRow == 1) {
			LOG.warn("Poll for streams failed; fills will be late until one succeeds: cause={} reason=\"{}\"",
					failure.getClass().getSimpleName(), failure.getMessage());
		}
	}

	/**
	 * Records a poll for which no call was left.
	 */
	void refused() {
		refused.incrementAndGet();
	}

	/**
	 * Records fills that were read.
	 */
	void read(int count) {
		fills.addAndGet(count);
	}

	/**
	 * Records fills without a time, a trade or a coin.
	 */
	void unreadable(int count) {
		if (count > 0 && unreadable.getAndAdd(count) == 0) {
			LOG.warn("Fills without a time, a trade or a coin; streams have a gap: count={}", count);
		}
	}

	public long countSucceeded() {
		return succeeded.get();
	}

	public long countFailed() {
		return failed.get();
	}

	public long countRefused() {
		return refused.get();
	}

	public long countFills() {
		return fills.get();
	}

	public long countUnreadable() {
		return unreadable.get();
	}

}
