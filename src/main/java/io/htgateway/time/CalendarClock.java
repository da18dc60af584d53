package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clock for dates. It runs evenly with the steady clock, and follows a jump of the system
 * clock only after that has lasted for a minute. A momentary jump changes nothing.
 */
final class CalendarClock implements InstantSource {

	/**
	 * Time for which a jump must last.
	 */
	static final Duration CONFIRMATION = Duration.ofMinutes(1);

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
	 * Creates a clock that logs nothing, because another one logs the same jumps.
	 */
	static CalendarClock silent(InstantSource steady, InstantSource wall) {
		return new CalendarClock(steady, wall, false);
	}

	/**
	 * Returns the clock that this clock runs with.
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
	 * Returns the date of a moment that was measured with the steady clock.
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
		return offset.get().accepted();
	}

	// Logs a jump once, and once whether it lasted.
	private static void report(Offset before, Offset next) {
		Candidate candidate = next.candidate();
		if (candidate != null && before.candidate() == null) {
			LOG.warn(
					"System clock jumped; the days and months of the budget follow if the jump lasts for {} s: "
							+ "bySeconds={}",
					CONFIRMATION.toSeconds(), candidate.offset().minus(next.accepted()).toSeconds());
		}
		else if (candidate == null && !next.accepted().equals(before.accepted())) {
			LOG.warn("System clock jump lasted; the days and months of the budget follow it: bySeconds={}",
					next.accepted().minus(before.accepted()).toSeconds());
		}
		else if (candidate == null) {
			LOG.info("System clock jumped back; the days and months of the budget did not follow it");
		}
	}

	private static boolean isSame(Duration one, Duration other) {
		return one.minus(other).abs().compareTo(ACCURACY) <= 0;
	}

	/**
	 * The difference between dates and the steady clock.
	 *
	 * @param accepted the difference that this clock uses
	 * @param candidate another difference that the system clock has, or null
	 */
	private record Offset(Duration accepted, @Nullable Candidate candidate) {

		private Offset next(Duration seen, Instant now) {
			if (isSame(seen, accepted)) {
				return (candidate == null) ? this : new Offset(accepted, null);
			}
			if (candidate == null || !isSame(seen, candidate.offset())) {
				return new Offset(accepted, new Candidate(seen, now));
			}
			return candidate.since().plus(CONFIRMATION).isAfter(now) ? this : new Offset(seen, null);
		}

	}

	/**
	 * The difference after a jump that may last.
	 *
	 * @param since when the jump was first seen
	 */
	private record Candidate(Duration offset, Instant since) {
	}

}
