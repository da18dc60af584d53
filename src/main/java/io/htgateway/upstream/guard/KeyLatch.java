package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.upstream.answer.UpstreamRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops all calls once the upstream has refused the key, which is then refused for
 * everything. One call a minute passes as a probe.
 */
final class KeyLatch {

	private static final Logger LOG = LoggerFactory.getLogger(KeyLatch.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMinutes(1);

	private final AtomicReference<Pass> state = new AtomicReference<>(new Open());

	private final InstantSource clock;

	KeyLatch(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Lets one call pass.
	 * @return what the call has to say how it ended
	 * @throws UpstreamRefusal.KeyRefused when it is closed and no probe is due
	 */
	Pass admit() {
		return switch (state.get()) {
			case Open open -> open;
			case Closed closed -> probe(closed);
		};
	}

	private Pass probe(Closed current) {
		Instant now = clock.instant();
		Closed probe = new Closed(now.plus(PROBE_INTERVAL));
		if (now.isBefore(current.nextProbe()) || !state.compareAndSet(current, probe)) {
			throw new UpstreamRefusal.KeyRefused(left(now, current));
		}
		return probe;
	}

	/**
	 * Closes, since the upstream answered the given call with the status. Calls from
	 * before the key changed tell nothing.
	 * @return whether it was open
	 */
	boolean close(int status, Pass call) {
		boolean usual = call instanceof Open;
		boolean closed = usual && state.compareAndSet(call, new Closed(clock.instant().plus(PROBE_INTERVAL)));
		if (closed) {
			LOG.error("Upstream refuses the API key with {}: no calls but one probe a minute until it accepts it",
					status);
		}
		return closed;
	}

	/**
	 * What a call would find now, without being one.
	 */
	Pass present() {
		return state.get();
	}

	/**
	 * Does as another replica has found, unless something else was found here since.
	 */
	void follow(boolean refused, Pass since) {
		switch (since) {
			case Open open when refused -> {
				if (state.compareAndSet(open, new Closed(clock.instant().plus(PROBE_INTERVAL)))) {
					LOG.error("Upstream refuses the API key, as another replica has found: no calls but one probe a"
							+ " minute until it accepts it");
				}
			}
			case Closed closed when !refused -> accepted(closed);
			case Open _, Closed _ -> {
			}
		}
	}

	/**
	 * Opens after a probe whose key was accepted. Calls from before it closed tell
	 * nothing.
	 * @return whether it was closed
	 */
	boolean accepted(Pass call) {
		boolean opened = call instanceof Closed && state.compareAndSet(call, new Open());
		if (opened) {
			LOG.info("Upstream accepts the API key again");
		}
		return opened;
	}

	/**
	 * Makes way for the next probe, since this one was not sent.
	 * @return whether it was one
	 */
	boolean unsent(Pass call) {
		return call instanceof Closed && state.compareAndSet(call, new Closed(clock.instant()));
	}

	/**
	 * Opens, since what is known of the former key says nothing of the new one.
	 */
	void keyChanged() {
		if (state.getAndSet(new Open()) instanceof Closed) {
			LOG.info("The API key has changed: calls go on");
		}
	}

	/**
	 * Whether the given call is a probe.
	 */
	static boolean isProbe(Pass call) {
		return call instanceof Closed;
	}

	boolean isClosed() {
		return state.get() instanceof Closed;
	}

	private static Duration left(Instant now, Closed current) {
		return now.isBefore(current.nextProbe()) ? Duration.between(now, current.nextProbe()) : PROBE_INTERVAL;
	}

	/**
	 * The latch as a call has found it. Told apart by identity: two may look the same.
	 */
	sealed interface Pass {

	}

	/**
	 * The latch open, for one key.
	 */
	private static final class Open implements Pass {

	}

	/**
	 * The latch closed, until a probe of its own.
	 */
	private static final class Closed implements Pass {

		private final Instant nextProbe;

		private Closed(Instant nextProbe) {
			this.nextProbe = nextProbe;
		}

		private Instant nextProbe() {
			return nextProbe;
		}

	}

}
