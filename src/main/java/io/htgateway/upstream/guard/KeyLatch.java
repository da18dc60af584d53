package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.upstream.answer.UpstreamRefusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops all calls once the upstream has refused the key, which is then refused for
 * everything. One call a minute passes as a probe.
 */
final class KeyLatch {

	private static final Logger LOG = LoggerFactory.getLogger(KeyLatch.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMinutes(1);

	private final AtomicReference<@Nullable Closed> closed = new AtomicReference<>();

	private final InstantSource clock;

	KeyLatch(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Lets one call pass.
	 * @return the latch that the call probes, or null when it is open
	 * @throws UpstreamRefusal.KeyRefused when it is closed and no probe is due
	 */
	@Nullable Closed admit() {
		Closed current = closed.get();
		if (current == null) {
			return null;
		}
		Instant now = clock.instant();
		Closed probe = new Closed(now.plus(PROBE_INTERVAL));
		if (now.isBefore(current.nextProbe()) || !closed.compareAndSet(current, probe)) {
			throw new UpstreamRefusal.KeyRefused(left(now, current));
		}
		return probe;
	}

	/**
	 * Closes, since the upstream answered with the given status.
	 */
	void close(int status) {
		if (closed.compareAndSet(null, new Closed(clock.instant().plus(PROBE_INTERVAL)))) {
			LOG.error("Upstream refuses the API key with {}: no calls but one probe a minute until it accepts it",
					status);
		}
	}

	/**
	 * Opens after a probe whose key was accepted. Calls from before it closed tell
	 * nothing.
	 */
	void accepted(@Nullable Closed probe) {
		if (probe != null && closed.compareAndSet(probe, null)) {
			LOG.info("Upstream accepts the API key again");
		}
	}

	/**
	 * Makes way for the next probe, since this one was not sent.
	 */
	void unsent(@Nullable Closed probe) {
		if (probe != null) {
			closed.compareAndSet(probe, new Closed(clock.instant()));
		}
	}

	/**
	 * Opens, since what is known of the former key says nothing of the new one.
	 */
	void keyChanged() {
		if (closed.getAndSet(null) != null) {
			LOG.info("The API key has changed: calls go on");
		}
	}

	boolean isClosed() {
		return closed.get() != null;
	}

	private static Duration left(Instant now, Closed current) {
		return now.isBefore(current.nextProbe()) ? Duration.between(now, current.nextProbe()) : PROBE_INTERVAL;
	}

	/**
	 * The latch closed, until a probe of its own.
	 */
	// Told apart by identity: two may be due at the same time.
	static final class Closed {

		private final Instant nextProbe;

		private Closed(Instant nextProbe) {
			this.nextProbe = nextProbe;
		}

		private Instant nextProbe() {
			return nextProbe;
		}

	}

}
