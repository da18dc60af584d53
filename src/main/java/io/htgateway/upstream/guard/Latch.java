package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.htgateway.upstream.response.UpstreamRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls after the upstream has refused them: all calls with the key, or the calls
 * of one endpoint. One call a minute passes as a probe.
 */
final class Latch {

	private static final Logger LOG = LoggerFactory.getLogger(Latch.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMinutes(1);

	private final AtomicReference<Pass> state = new AtomicReference<>(new Open());

	private final String subject;

	private final String advice;

	private final Function<Duration, ? extends UpstreamRefusal> refusal;

	private final InstantSource clock;

	private Latch(String subject, String advice, Function<Duration, ? extends UpstreamRefusal> refusal,
			InstantSource clock) {
		this.subject = subject;
		this.advice = advice;
		this.refusal = refusal;
		this.clock = clock;
	}

	/**
	 * Creates the latch of all calls, which use one key.
	 */
	static Latch ofKey(InstantSource clock) {
		return new Latch("the API key", "check HYPERTRACKER_API_KEY and the plan. One probe a minute; no other calls"
				+ " until the key is accepted", UpstreamRefusal.KeyRefused::new, clock);
	}

	/**
	 * Creates the latch of the calls of one endpoint.
	 */
	static Latch ofEndpoint(String name, InstantSource clock) {
		return new Latch("the endpoint " + name,
				"check that the plan includes it. One probe a minute; no other calls to it until then",
				UpstreamRefusal.EndpointRefused::new, clock);
	}

	/**
	 * Admits one call.
	 * @return the pass with which the call has to report how it ended
	 * @throws UpstreamRefusal when it is closed and no probe is due
	 */
	Pass admit() {
		return switch (state.get()) {
			case Open open -> open;
			case Closed closed -> probe(closed);
		};
	}

	private Pass probe(Closed current) {
		Instant now = clock.instant();
		Closed probe = new Closed(now.plus(PROBE_INTERVAL), current);
		if (now.isBefore(current.nextProbe()) || !state.compareAndSet(current, probe)) {
			throw refusal.apply(left(now, current));
		}
		return probe;
	}

	/**
	 * Closes, or stays closed after a probe, when the upstream has refused the given call
	 * with the status. Ignores calls from before the key changed.
	 */
	Closing close(int status, Pass call) {
		Instant now = clock.instant();
		return switch (call) {
			case Open _ -> close(call, new Closed(now.plus(PROBE_INTERVAL), now), Integer.toString(status))
					? Closing.CLOSED : Closing.NONE;
			case Closed probe ->
				state.compareAndSet(probe, new Closed(probe.nextProbe(), now)) ? Closing.STILL_CLOSED : Closing.NONE;
		};
	}

	private boolean close(Pass call, Closed next, String reason) {
		boolean closed = state.compareAndSet(call, next);
		if (closed) {
			LOG.error("Upstream refuses {} ({}): {}", subject, reason, advice);
		}
		return closed;
	}

	/**
	 * Returns the current state, without a call.
	 */
	Pass present() {
		return state.get();
	}

	/**
	 * Closes because another replica's latch has, unless it has closed or opened here
	 * since.
	 * @param age time since the upstream refused it there
	 * @return whether it was open
	 */
	boolean followRefusal(Pass since, Duration age) {
		Instant now = clock.instant();
		Closed followed = new Closed(now.plus(PROBE_INTERVAL), now.minus(age));
		followed.publish();
		return since instanceof Open && close(since, followed, "seen by another replica");
	}

	/**
	 * Opens because another replica's latch has. A latch that closed here stays closed
	 * until the others know: what they know is older until then.
	 */
	void followAcceptance(Pass since) {
		if (since instanceof Closed closed && closed.isTold()) {
			accepted(since);
		}
	}

	/**
	 * The other replicas know of the refusal that closed it then.
	 */
	void told(Pass since) {
		if (since instanceof Closed closed) {
			closed.publish();
		}
	}

	/**
	 * Returns the time since a refusal that the other replicas may not know of, or
	 * nothing if it is no longer closed as it was then.
	 */
	Optional<Duration> untoldFor(Pass since) {
		return (since instanceof Closed closed && !closed.isTold() && state.get() == closed)
				? Optional.of(Duration.between(closed.refusedAt(), clock.instant())) : Optional.empty();
	}

	/**
	 * Opens after a probe that the upstream accepted. Ignores calls from before it
	 * closed.
	 * @return whether it was closed
	 */
	boolean accepted(Pass call) {
		boolean opened = call instanceof Closed && state.compareAndSet(call, new Open());
		if (opened) {
			LOG.info("Upstream accepts {} again", subject);
		}
		return opened;
	}

	/**
	 * Allows the next probe, because this one was not sent.
	 */
	void unsent(Pass call) {
		if (call instanceof Closed probe) {
			state.compareAndSet(probe, new Closed(clock.instant(), probe));
		}
	}

	/**
	 * Opens, because refusals of the former key do not apply to the new one.
	 * @return whether it was closed
	 */
	boolean keyChanged() {
		return state.getAndSet(new Open()) instanceof Closed;
	}

	/**
	 * Returns whether the given call is a probe.
	 */
	static boolean isProbe(Pass call) {
		return call instanceof Closed;
	}

	boolean isClosed() {
		return state.get() instanceof Closed;
	}

	/**
	 * Returns whether it is closed and the upstream refused a call within the given time.
	 */
	boolean wasRefusedWithin(Duration time) {
		return state.get() instanceof Closed closed && !closed.refusedAt().isBefore(clock.instant().minus(time));
	}

	/**
	 * Returns the refusal of a call while another replica makes the probe.
	 */
	UpstreamRefusal refusal() {
		return refusal.apply(PROBE_INTERVAL);
	}

	private static Duration left(Instant now, Closed current) {
		return now.isBefore(current.nextProbe()) ? Duration.between(now, current.nextProbe()) : PROBE_INTERVAL;
	}

	/**
	 * Effect of a refused call on the latch.
	 */
	enum Closing {

		CLOSED, STILL_CLOSED, NONE

	}

	/**
	 * State of the latch when a call passed it. Compared by identity, since two may look
	 * the same.
	 */
	sealed interface Pass {

	}

	/**
	 * The open latch, for one key.
	 */
	private static final class Open implements Pass {

	}

	/**
	 * The closed latch, until its own probe.
	 */
	private static final class Closed implements Pass {

		private final Instant nextProbe;

		private final Instant refusedAt;

		private final AtomicBoolean told;

		/**
		 * Closed by a refusal that only this replica knows of.
		 */
		private Closed(Instant nextProbe, Instant refusedAt) {
			this(nextProbe, refusedAt, new AtomicBoolean());
		}

		/**
		 * Closed by the same refusal as before, with another time of the next probe.
		 */
		private Closed(Instant nextProbe, Closed before) {
			this(nextProbe, before.refusedAt, before.told);
		}

		private Closed(Instant nextProbe, Instant refusedAt, AtomicBoolean told) {
			this.nextProbe = nextProbe;
			this.refusedAt = refusedAt;
			this.told = told;
		}

		private Instant nextProbe() {
			return nextProbe;
		}

		private Instant refusedAt() {
			return refusedAt;
		}

		private boolean isTold() {
			return told.get();
		}

		private void publish() {
			told.set(true);
		}

	}

}
