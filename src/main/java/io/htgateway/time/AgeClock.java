package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clock for the ages of responses and remembered tokens. It runs with the steady clock,
 * which stops while the machine is suspended, and adds the time by which the system clock
 * gets ahead of it: an age that it measures is less than a second too small. It never
 * goes back.
 */
final class AgeClock implements InstantSource {

	private static final Logger LOG = LoggerFactory.getLogger(AgeClock.class);

	private static final long ACCURACY = CalendarClock.ACCURACY.toMillis() / 2;

	/**
	 * Shortest time between two log lines.
	 */
	private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

	private final InstantSource steady;

	private final InstantSource wall;

	private volatile Gaps gaps;

	private Instant nextLine = Instant.MIN;

	AgeClock(InstantSource steady, InstantSource wall) {
		this.steady = steady;
		this.wall = wall;
		this.gaps = new Gaps(0, wall.millis() - steady.millis());
	}

	InstantSource steady() {
		return steady;
	}

	InstantSource wall() {
		return wall;
	}

	@Override
	public Instant instant() {
		Instant now = steady.instant();
		Gaps known = gaps;
		if (Math.abs(wall.millis() - now.toEpochMilli() - known.ahead()) < ACCURACY) {
			return now.plusMillis(known.counted());
		}
		long counted = measureGap();
		return steady.instant().plusMillis(counted);
	}

	// Reads the steady clock twice, so that a thread that stops in between sees no gap.
	private synchronized long measureGap() {
		long before = steady.millis();
		long time = wall.millis();
		long after = steady.millis();
		Gaps known = gaps;
		long forward = time - after - known.ahead();
		if (forward >= ACCURACY) {
			gaps = new Gaps(known.counted() + forward, time - after);
			report(forward);
		}
		else if (time - before - known.ahead() <= -ACCURACY) {
			gaps = new Gaps(known.counted(), time - before);
		}
		return gaps.counted();
	}

	private void report(long forward) {
		Instant now = steady.instant();
		if (!now.isBefore(nextLine)) {
			nextLine = now.plus(LOG_INTERVAL);
			LOG.info("System clock jumped forward, as after a suspension; ages include that time: seconds={}",
					Duration.ofMillis(forward).toSeconds());
		}
	}

	/**
	 * Differences between the clocks, in milliseconds.
	 *
	 * @param counted time that ages include and the steady clock has not measured
	 * @param ahead time by which the system clock is ahead of the steady clock
	 */
	private record Gaps(long counted, long ahead) {
	}

}
