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
 * Waits for the answers of Redis. A late answer is used while Redis counts as available:
 * only several timeouts in a row without an answer make it unavailable.
 */
final class ReplyTimeouts {

	private static final Logger LOG = LoggerFactory.getLogger(ReplyTimeouts.class);

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final Availability availability;

	private final Duration timeout;

	private final LongAdder late = new LongAdder();

	private volatile long nextLine = System.nanoTime();

	ReplyTimeouts(Availability availability, Duration timeout) {
		this.availability = availability;
		this.timeout = timeout;
	}

	/**
	 * Returns the answer to the given command, however late while Redis counts as
	 * available.
	 */
	Mono<byte[]> await(Mono<byte[]> command) {
		return Mono.defer(() -> {
			Wait wait = new Wait(availability.failures());
			return counted(command, wait.counted).doOnSuccess((result) -> came(wait))
				.takeUntilOther(Flux.interval(timeout).doOnNext((tick) -> silent(wait)).then());
		}).onErrorMap(ReplyTimeouts::unavailable);
	}

	/**
	 * Returns the answer to the given command within the given time.
	 */
	Mono<byte[]> within(Duration limit, Mono<byte[]> command) {
		return Mono.defer(() -> counted(command.timeout(limit, Schedulers.parallel()), availability.failures()))
			.onErrorMap(ReplyTimeouts::unavailable);
	}

	/**
	 * Returns the number of late answers.
	 */
	double late() {
		return late.doubleValue();
	}

	private Mono<byte[]> counted(Mono<byte[]> command, int counted) {
		return command.doOnSuccess((result) -> availability.succeeded())
			.doOnError((failure) -> availability.failed(failure, counted));
	}

	// Commands in flight together count once each time. A thread that did not run on time
	// shows nothing about Redis: then this process is late.
	private void silent(Wait wait) {
		wait.isLate = true;
		long now = System.nanoTime();
		long since = now - wait.looked;
		wait.looked = now;
		if (since > timeout.toNanos() / 2 && since < timeout.toNanos() * 3 / 2) {
			availability.failed(new TimeoutException(), wait.counted);
		}
		wait.counted = availability.failures();
		if (!availability.isUp()) {
			throw new SharedStoreUnavailable();
		}
	}

	private void came(Wait wait) {
		if (wait.isLate) {
			late.increment();
			long now = System.nanoTime();
			if (now - nextLine >= 0) {
				nextLine = now + MINUTE;
				LOG.info("Redis answered late; the answer is used: ms={} timeoutMs={}",
						Duration.ofNanos(now - wait.start).toMillis(), timeout.toMillis());
			}
		}
	}

	private static Throwable unavailable(Throwable failure) {
		return (failure instanceof SharedStoreUnavailable) ? failure : new SharedStoreUnavailable(failure);
	}

	/**
	 * One command that is in flight.
	 */
	private static final class Wait {

		private final long start = System.nanoTime();

		private volatile long looked = start;

		private volatile int counted;

		private volatile boolean isLate;

		private Wait(int counted) {
			this.counted = counted;
		}

	}

}
