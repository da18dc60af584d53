package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.upstream.response.UpstreamRefusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pause that the upstream asked for with a 429, and the ramp after it. No call is
 * admitted during the pause; then one in the first second, two in the next, and so on for
 * ten seconds.
 */
final class CoolDown {

	private static final Logger LOG = LoggerFactory.getLogger(CoolDown.class);

	/**
	 * Length of the ramp in seconds. It admits 55 calls, fewer than the smallest paid
	 * plan allows in a minute.
	 */
	private static final int RAMP = 10;

	private static final Duration STEP = Duration.ofSeconds(1);

	private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

	private final InstantSource clock;

	CoolDown(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Begins a pause of the given length, unless the current one ends later.
	 */
	void begin(Duration length) {
		Instant until = clock.instant().plus(length);
		Pause before = pause
			.getAndUpdate((now) -> (now != null && now.until().isAfter(until)) ? now : new Pause(until, 0, 0));
		if (before == null) {
			LOG.warn("Upstream asked for a pause: making no calls for {} s, then few calls for ten seconds",
					length.toSeconds());
		}
	}

	/**
	 * Admits one call.
	 * @return the permit that the call takes from the ramp, or null without a ramp
	 * @throws UpstreamRefusal.CoolingDown if the call must wait
	 */
	@Nullable Permit admit() {
		Pause current = pause.get();
		while (current != null) {
			Pause next = next(current);
			if (pause.compareAndSet(current, next)) {
				if (next == null) {
					LOG.info("Pause of the upstream and ramp ended: calls are no longer limited");
				}
				return (next != null) ? new Permit(next.until(), next.second()) : null;
			}
			current = pause.get();
		}
		return null;
	}

	/**
	 * Gives back the permit of a call that was not sent. Does nothing for a permit of an
	 * earlier second, which has expired.
	 */
	void giveBack(Permit permit) {
		pause.updateAndGet((now) -> (now != null && now.issued(permit))
				? new Pause(now.until(), now.second(), now.admitted() - 1) : now);
	}

	/**
	 * Returns the time until the pause ends, without the ramp.
	 */
	Duration left() {
		Pause current = pause.get();
		Instant now = clock.instant();
		return (current != null && now.isBefore(current.until())) ? Duration.between(now, current.until())
				: Duration.ZERO;
	}

	private @Nullable Pause next(Pause current) {
		Instant now = clock.instant();
		if (now.isBefore(current.until())) {
			throw new UpstreamRefusal.CoolingDown(Duration.between(now, current.until()));
		}
		long second = Duration.between(current.until(), now).toSeconds();
		if (second >= RAMP) {
			return null;
		}
		int admitted = (second == current.second()) ? current.admitted() : 0;
		if (admitted > second) {
			throw new UpstreamRefusal.CoolingDown(STEP);
		}
		return new Pause(current.until(), second, admitted + 1);
	}

	/**
	 * A pause and the ramp after it.
	 *
	 * @param until end of the pause
	 * @param second latest second of the ramp in which a call was admitted, from 0
	 * @param admitted number of calls admitted in that second
	 */
	private record Pause(Instant until, long second, int admitted) {

		boolean issued(Permit permit) {
			return admitted > 0 && permit.equals(new Permit(until, second));
		}

	}

	/**
	 * The right to make one call in the given second of the ramp.
	 */
	record Permit(Instant until, long second) {
	}

}
