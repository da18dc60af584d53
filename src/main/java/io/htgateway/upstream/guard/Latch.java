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
 * Stops calls that the upstream refuses: all calls with the key, or the calls to one
 * endpoint. While closed it admits one call a minute as a probe.
 */
final class Latch {

	private static final Logger LOG = LoggerFactory.getLogger(Latch.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMinutes(1);

	private final AtomicReference<Pass> state = new AtomicReference<>(new Open());

	private final String subject;

	private final String reaction;

	private final Function<Duration, ? extends UpstreamRefusal> refusal;

	private final InstantSource clock;

	private Latch(String subject, String reaction, Function<Duration, ? extends UpstreamRefusal> refusal,
			InstantSource clock) {
		this.subject = subject;
		this.reaction = reaction;
		this.refusal = refusal;
		this.clock = clock;
	}

	/**
	 * Creates the latch of the key, which concerns all calls.
	 */
	static Latch ofKey(InstantSource clock) {
		return new Latch("the API key", "making one probe a minute and no other calls until the key is accepted."
				+ " Check HYPERTRACKER_API_KEY and the plan", UpstreamRefusal.KeyRefused::new, clock);
	}

	/**
	 * Creates the latch of the endpoint with the given name.
	 */
	static Latch ofEndpoint(String name, InstantSource clock) {
		return new Latch("the endpoint " + name,
				"making one probe a minute and no other calls to it until it is accepted."
						+ " Check that the plan includes it",
				UpstreamRefusal.EndpointRefused::new, clock);
	}

	/**
	 * Admits one call.
	 * @return the state in which the call was admitted, which the call reports with its
	 * outcome
	 * @throws UpstreamRefusal if the latch is closed and no probe is due
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
	 * Closes, or stays closed after a probe, because the upstream refused the given call.
	 * Ignores calls that were admitted before the key changed.
	 * @param status status of the refusal
	 * @param call state in which the call was admitted
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
			LOG.error("Upstream refuses {} ({}): {}", subject, reason, reaction);
		}
		return closed;
	}

	/**
	 * Returns the current state without admitting a call.
	 */
	Pass state() {
		return state.get();
	}

	/**
	 * Closes because the latch of another replica is closed, unless this latch has
	 * changed since the given state.
	 * @param age time since the upstream refused the call of the other replica
	 * @return whether it was open
	 */
	boolean followRefusal(Pass since, Duration age) {
		Instant now = clock.instant();
		Closed followed = new Closed(now.plus(PROBE_INTERVAL), now.minus(age));
		followed.markPublished();
		return since instanceof Open && close(since, followed, "seen by another replica");
	}

	/**
	 * Opens because the latches of other replicas are open. A latch that closed here
	 * stays closed until its refusal is published: the others' state is older until then.
	 */
	void followAcceptance(Pass since) {
		if (since instanceof Closed closed && closed.isPublished()) {
			accepted(since);
		}
	}

	/**
	 * Records that the other replicas know of the refusal that led to the given state.
	 */
	void published(Pass since) {
		if (since instanceof Closed closed) {
			closed.markPublished();
		}
	}

	/**
	 * Returns the time since a refusal that the other replicas may not know of, or an
	 * empty value if it is published or the latch has changed since the given state.
	 */
	Optional<Duration> unpublishedFor(Pass since) {
		return (since instanceof Closed closed && !closed.isPublished() && state.get() == closed)
				? Optional.of(Duration.between(closed.refusedAt(), clock.instant())) : Optional.empty();
	}

	/**
	 * Opens after a probe that the upstream accepted. Ignores calls that were admitted
	 * before it closed.
	 * @return whether it was closed
	 */
	boolean accepted(Pass call) {
		boolean opened = call instanceof Closed && state.compareAndSet(call, new Open());
		if (opened) {
			LOG.info("Upstream accepts {} again: calls resume", subject);
		}
		return opened;
	}

	/**
	 * Admits another probe at once, because this one was not sent.
	 */
	void unsent(Pass call) {
		if (call instanceof Closed probe) {
			state.compareAndSet(probe, new Closed(clock.instant(), probe));
		}
	}

	/**
	 * Opens, because refusals of the previous key do not apply to the new one.
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
	 * Returns whether it is closed and the upstream's latest refusal is not older than
	 * the given time.
	 */
	boolean wasRefusedWithin(Duration time) {
		return state.get() instanceof Closed closed && !closed.refusedAt().isBefore(clock.instant().minus(time));
	}

	/**
	 * Creates the refusal of a call while another replica makes the probe.
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
	 * State of the latch in which a call was admitted. States are compared by identity,
	 * since two of them may have the same values.
	 */
	sealed interface Pass {

	}

	/**
	 * Open for one key.
	 */
	private static final class Open implements Pass {

	}

	/**
	 * Closed until its next probe.
	 */
	private static final class Closed implements Pass {

		private final Instant nextProbe;

		private final Instant refusedAt;

		private final AtomicBoolean published;

		/**
		 * Creates a state after a refusal that only this replica knows of.
		 */
		private Closed(Instant nextProbe, Instant refusedAt) {
			this(nextProbe, refusedAt, new AtomicBoolean());
		}

		/**
		 * Creates a state after the same refusal as before, with another time of the next
		 * probe.
		 */
		private Closed(Instant nextProbe, Closed before) {
			this(nextProbe, before.refusedAt, before.published);
		}

		private Closed(Instant nextProbe, Instant refusedAt, AtomicBoolean published) {
			this.nextProbe = nextProbe;
			this.refusedAt = refusedAt;
			this.published = published;
		}

		private Instant nextProbe() {
			return nextProbe;
		}

		private Instant refusedAt() {
			return refusedAt;
		}

		private boolean isPublished() {
			return published.get();
		}

		private void markPublished() {
			published.set(true);
		}

	}

}
