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
 * The pause that the upstream asks for with a 429: no call until it is over, then one in
 * the first second, two in the second, and so on for ten seconds.
 */
final class CoolDown {

	private static final Logger LOG = LoggerFactory.getLogger(CoolDown.class);

	/**
	 * Seconds of the ramp, which admits 55 calls: fewer than the smallest paid plan
	 * allows in a minute.
	 */
	private static final int RAMP = 10;

	private static final Duration STEP = Duration.ofSeconds(1);

	private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

	private final InstantSource clock;

	CoolDown(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Begins a pause of the given length, unless a longer one is under way.
	 */
	void begin(Duration length) {
		Instant until = clock.instant().plus(length);
		Pause before = pause
			.getAndUpdate((now) -> (now != null && now.until().isAfter(until)) ? now : new Pause(until, 0, 0));
		if (before == null) {
			LOG.warn("Upstream asks for a pause: no calls for {} s", length.toSeconds());
		}
	}

	/**
	 * Lets one call pass.
	 * @return the permit that it takes from the ramp, or nothing if there is no ramp
	 * @throws UpstreamRefusal.CoolingDown when it has to wait
	 */
	@Nullable Permit admit() {
		Pause current = pause.get();
		while (current != null) {
			Pause next = next(current);
			if (pause.compareAndSet(current, next)) {
				if (next == null) {
					LOG.info("Upstream calls go on without limit after the pause");
				}
				return (next != null) ? new Permit(next.until(), next.second()) : null;
			}
			current = pause.get();
		}
		return null;
	}

	/**
	 * Gives back the permit of a call that was not sent. A permit of an earlier second
	 * has expired.
	 */
	void unsent(Permit permit) {
		pause.updateAndGet((now) -> (now != null && now.issued(permit))
				? new Pause(now.until(), now.second(), now.admitted() - 1) : now);
	}

	/**
	 * What is left of the pause, without the ramp.
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
	 * A pause and the ramp behind it.
	 *
	 * @param second of the ramp, from 0
	 * @param admitted calls in that second
	 */
	private record Pause(Instant until, long second, int admitted) {

		boolean issued(Permit permit) {
			return admitted > 0 && permit.equals(new Permit(until, second));
		}

	}

	/**
	 * The right to make one call in a second of the ramp.
	 */
	record Permit(Instant until, long second) {
	}

}
