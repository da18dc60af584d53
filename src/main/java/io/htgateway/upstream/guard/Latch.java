package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.htgateway.upstream.answer.UpstreamRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls once the upstream has refused them: those with the key, or those of one
 * endpoint. One call a minute passes as a probe.
 */
final class Latch {

	private static final Logger LOG = LoggerFactory.getLogger(Latch.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMinutes(1);

	private final AtomicReference<Pass> state = new AtomicReference<>(new Open());

	private final String subject;

	private final Function<Duration, ? extends UpstreamRefusal> refusal;

	private final InstantSource clock;

	private Latch(String subject, Function<Duration, ? extends UpstreamRefusal> refusal, InstantSource clock) {
		this.subject = subject;
		this.refusal = refusal;
		this.clock = clock;
	}

	/**
	 * The latch of all calls, which have one key.
	 */
	static Latch ofKey(InstantSource clock) {
		return new Latch("the API key", UpstreamRefusal.KeyRefused::new, clock);
	}

	/**
	 * The latch of the calls of one endpoint.
	 */
	static Latch ofEndpoint(String name, InstantSource clock) {
		return new Latch("the endpoint " + name, UpstreamRefusal.EndpointRefused::new, clock);
	}

	/**
	 * Lets one call pass.
	 * @return what the call has to say how it ended
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
		Closed probe = new Closed(now.plus(PROBE_INTERVAL), current.refusedAt());
		if (now.isBefore(current.nextProbe()) || !state.compareAndSet(current, probe)) {
			throw refusal.apply(left(now, current));
		}
		return probe;
	}

	/**
	 * Closes, or stays closed after a probe, since the upstream answered the given call
	 * with the status. Calls from before the key changed tell nothing.
	 */
	Closing close(int status, Pass call) {
		Instant now = clock.instant();
		return switch (call) {
			case Open _ -> close(call, now, "with " + status) ? Closing.CLOSED : Closing.NONE;
			case Closed probe ->
				state.compareAndSet(probe, new Closed(probe.nextProbe(), now)) ? Closing.STILL_CLOSED : Closing.NONE;
		};
	}

	private boolean close(Pass call, Instant refusedAt, String reason) {
		boolean closed = state.compareAndSet(call, new Closed(clock.instant().plus(PROBE_INTERVAL), refusedAt));
		if (closed) {
			LOG.error("Upstream refuses {} {}: one probe a minute and no other call until it accepts it", subject,
					reason);
		}
		return closed;
	}

	/**
	 * The present state, without a call.
	 */
	Pass present() {
		return state.get();
	}

	/**
	 * Closes as another replica has, unless it closed or opened here since.
	 * @param age time since the upstream refused it there
	 * @return whether it was open
	 */
	boolean followRefusal(Pass since, Duration age) {
		return since instanceof Open && close(since, clock.instant().minus(age), "(seen by another replica)");
	}

	/**
	 * Opens after a probe that the upstream accepted. Calls from before it closed tell
	 * nothing.
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
	 * Makes way for the next probe, since this one was not sent.
	 */
	void unsent(Pass call) {
		if (call instanceof Closed probe) {
			state.compareAndSet(probe, new Closed(clock.instant(), probe.refusedAt()));
		}
	}

	/**
	 * Opens, since what is known of the former key says nothing of the new one.
	 * @return whether it was closed
	 */
	boolean keyChanged() {
		return state.getAndSet(new Open()) instanceof Closed;
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

	/**
	 * Whether it is closed, and the upstream refused a call no longer ago than given.
	 */
	boolean wasRefusedWithin(Duration time) {
		return state.get() instanceof Closed closed && !closed.refusedAt().isBefore(clock.instant().minus(time));
	}

	/**
	 * The refusal of a call that another replica makes as the probe.
	 */
	UpstreamRefusal refusal() {
		return refusal.apply(PROBE_INTERVAL);
	}

	private static Duration left(Instant now, Closed current) {
		return now.isBefore(current.nextProbe()) ? Duration.between(now, current.nextProbe()) : PROBE_INTERVAL;
	}

	/**
	 * What a refused call did to the latch.
	 */
	enum Closing {

		CLOSED, STILL_CLOSED, NONE

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

		private final Instant refusedAt;

		private Closed(Instant nextProbe, Instant refusedAt) {
			this.nextProbe = nextProbe;
			this.refusedAt = refusedAt;
		}

		private Instant nextProbe() {
			return nextProbe;
		}

		private Instant refusedAt() {
			return refusedAt;
		}

	}

}
