package io.htgateway.shared;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Waits for replies of Redis. A late reply is used while Redis counts as available; only
 * several timeouts in a row without any reply make it unavailable.
 */
final class ReplyTimeouts {

	private static final Logger LOG = LoggerFactory.getLogger(ReplyTimeouts.class);

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final Availability availability;

	private final Duration timeout;

	private final LongAdder late = new LongAdder();

	private volatile long nextLogAt = System.nanoTime();

	ReplyTimeouts(Availability availability, Duration timeout) {
		this.availability = availability;
		this.timeout = timeout;
	}

	/**
	 * Returns the reply to the given command, however late while Redis counts as
	 * available.
	 */
	Mono<byte[]> await(Mono<byte[]> command) {
		return Mono.defer(() -> {
			Wait wait = new Wait(availability.failures());
			return counted(command, wait.counted).doOnSuccess((result) -> arrived(wait))
				.takeUntilOther(Flux.interval(timeout).doOnNext((tick) -> timedOut(wait)).then());
		}).onErrorMap(ReplyTimeouts::unavailable);
	}

	/**
	 * Returns the reply to the given command within the given time.
	 */
	Mono<byte[]> within(Duration limit, Mono<byte[]> command) {
		return Mono.defer(() -> counted(command.timeout(limit, Schedulers.parallel()), availability.failures()))
			.onErrorMap(ReplyTimeouts::unavailable);
	}

	/**
	 * Returns the number of late replies.
	 */
	double late() {
		return late.doubleValue();
	}

	private Mono<byte[]> counted(Mono<byte[]> command, int counted) {
		return command.doOnSuccess((result) -> availability.succeeded())
			.doOnError((failure) -> availability.failed(failure, counted));
	}

	// Commands in flight together count as one failure at each timeout. If this thread
	// did not run on time, the process is late, and the timeout shows nothing about
	// Redis.
	private void timedOut(Wait wait) {
		wait.isLate = true;
		long now = System.nanoTime();
		long since = now - wait.checkedAt;
		wait.checkedAt = now;
		if (since > timeout.toNanos() / 2 && since < timeout.toNanos() * 3 / 2) {
			availability.failed(new TimeoutException(), wait.counted);
		}
		wait.counted = availability.failures();
		if (!availability.isAvailable()) {
			throw new SharedStoreUnavailable();
		}
	}

	private void arrived(Wait wait) {
		if (wait.isLate) {
			late.increment();
			long now = System.nanoTime();
			if (now - nextLogAt >= 0) {
				nextLogAt = now + MINUTE;
				LOG.info("Redis replied late; using the reply: ms={} timeoutMs={}",
						Duration.ofNanos(now - wait.start).toMillis(), timeout.toMillis());
			}
		}
	}

	private static Throwable unavailable(Throwable failure) {
		return (failure instanceof SharedStoreUnavailable) ? failure : new SharedStoreUnavailable(failure);
	}

	/**
	 * A command in flight.
	 */
	private static final class Wait {

		private final long start = System.nanoTime();

		private volatile long checkedAt = start;

		private volatile int counted;

		private volatile boolean isLate;

		private Wait(int counted) {
			this.counted = counted;
		}

	}

}
