package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clock of dates. It runs evenly with the steady clock, and follows a change of the
 * system clock only once that has lasted for a minute. A momentary reading changes
 * nothing.
 */
final class CalendarClock implements InstantSource {

	/**
	 * Time for which a change has to last.
	 */
	static final Duration PROOF = Duration.ofMinutes(1);

	/**
	 * Readings within this distance are the same time.
	 */
	static final Duration ACCURACY = Duration.ofSeconds(1);

	private static final Logger LOG = LoggerFactory.getLogger(CalendarClock.class);

	private final InstantSource steady;

	private final InstantSource wall;

	private final boolean reports;

	private final AtomicReference<Offset> offset = new AtomicReference<>(new Offset(Duration.ZERO, null));

	CalendarClock(InstantSource steady, InstantSource wall) {
		this(steady, wall, true);
	}

	private CalendarClock(InstantSource steady, InstantSource wall, boolean reports) {
		this.steady = steady;
		this.wall = wall;
		this.reports = reports;
	}

	/**
	 * Creates a clock that leaves it to another one to log changes.
	 */
	static CalendarClock silent(InstantSource steady, InstantSource wall) {
		return new CalendarClock(steady, wall, false);
	}

	/**
	 * Returns the clock of durations that this clock runs with.
	 */
	InstantSource steady() {
		return steady;
	}

	@Override
	public Instant instant() {
		Instant now = steady.instant();
		return now.plus(offset(now));
	}

	/**
	 * Returns the date of a moment of the steady clock.
	 */
	Instant date(Instant moment) {
		return moment.plus(offset(steady.instant()));
	}

	private Duration offset(Instant now) {
		Duration seen = Duration.between(now, wall.instant());
		Offset before = offset.get();
		Offset next = before.next(seen, now);
		if (!next.equals(before) && offset.compareAndSet(before, next) && reports) {
			report(before, next);
		}
		return offset.get().believed();
	}

	// Logs once when it jumps, and once when it stays there or returns.
	private static void report(Offset before, Offset next) {
		Candidate candidate = next.candidate();
		if (candidate != null && before.candidate() == null) {
			LOG.warn(
					"System clock jumped: bySeconds={}; days and months of the budget follow it once it has stayed there for {} s",
					candidate.offset().minus(next.believed()).toSeconds(), PROOF.toSeconds());
		}
		else if (candidate == null && !next.believed().equals(before.believed())) {
			LOG.warn("System clock stayed at another time; days and months of the budget follow it: bySeconds={}",
					next.believed().minus(before.believed()).toSeconds());
		}
		else if (candidate == null) {
			LOG.info("System clock is back; dates did not follow it");
		}
	}

	private static boolean isSame(Duration one, Duration other) {
		return one.minus(other).abs().compareTo(ACCURACY) <= 0;
	}

	/**
	 * How far dates are ahead of the steady clock.
	 *
	 * @param candidate the different time of the system clock, if any
	 */
	private record Offset(Duration believed, @Nullable Candidate candidate) {

		private Offset next(Duration seen, Instant now) {
			if (isSame(seen, believed)) {
				return (candidate == null) ? this : new Offset(believed, null);
			}
			if (candidate == null || !isSame(seen, candidate.offset())) {
				return new Offset(believed, new Candidate(seen, now));
			}
			return candidate.since().plus(PROOF).isAfter(now) ? this : new Offset(seen, null);
		}

	}

	/**
	 * Another time of day.
	 *
	 * @param since when it was first seen
	 */
	private record Candidate(Duration offset, Instant since) {
	}

}
