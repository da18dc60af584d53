package io.htgateway.budget.elsewhere;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.htgateway.budget.Correction;
import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.Period;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the calls that others make with the same plan. Not thread-safe.
 */
public final class SpendElsewhere {

	/**
	 * The rate of others is taken over at least this part of a period, so that calls
	 * which were made in a short time at its beginning are not taken for a habit.
	 */
	private static final int SHORTEST_PART = 3;

	/**
	 * Divides a period into parts. The rate of others is taken from two estimates only if
	 * at least one such part lies between them.
	 */
	private static final int PARTS_OF_PERIOD = 30;

	private final Windows windows;

	private final ElsewhereLog log = new ElsewhereLog();

	/**
	 * Creates an estimate for the given windows.
	 */
	public SpendElsewhere(Windows windows) {
		this.windows = windows;
	}

	/**
	 * Learns that the upstream answered a call with 429 although the windows had one
	 * left.
	 * @param wait time that the upstream asked to wait
	 * @param minute the minute in which calls are counted, or null if it is not limited
	 * or not known
	 * @return whether the estimate has changed
	 */
	public boolean rateLimited(Duration wait, @Nullable MinuteWindow minute) {
		Instant now = windows.roll();
		if (wait.compareTo(Evidence.IN_FLIGHT) <= 0) {
			log.minute(minute, now);
			return false;
		}
		return concerned(wait, now).filter((window) -> rateLimited(window, wait, now)).isPresent();
	}

	// The window whose end is the nearest one to that of the wait, or else the longest.
	private Optional<CalendarWindow> concerned(Duration wait, Instant now) {
		List<CalendarWindow> calendar = windows.calendar();
		return calendar.stream()
			.filter((window) -> Evidence.of(wait, window.period(), now) == Evidence.SPENT)
			.min(Comparator.comparing((window) -> distance(window.period().end(), now.plus(wait))))
			.or(() -> calendar.stream().reduce((_, longer) -> longer));
	}

	private static Duration distance(Instant end, Instant until) {
		return Duration.between(end, until).abs();
	}

	private boolean rateLimited(CalendarWindow window, Duration wait, Instant now) {
		Evidence evidence = Evidence.of(wait, window.period(), now);
		Elsewhere before = window.calls().elsewhere();
		if (window.calls().left() <= 0 || isRecent(before, evidence.rest(window.period()), now)) {
			return false;
		}
		long more = evidence.calls(window);
		if (more > 0) {
			window.set(before.plus(more, now));
			log.raised(window, more, wait);
		}
		return more > 0;
	}

	// An estimate from the future was made before the clock was set back.
	private static boolean isRecent(Elsewhere estimate, Duration rest, Instant now) {
		return estimate.revision() > 0 && !now.isBefore(estimate.at()) && now.isBefore(estimate.at().plus(rest));
	}

	/**
	 * Corrects the calls of others by all calls of the period.
	 * @param name day or month
	 * @param used all calls of the plan, or of the part that this replica has
	 * @throws IllegalArgumentException if there is no such window
	 */
	public Correction correct(String name, long used) {
		Instant now = windows.roll();
		CalendarWindow window = window(name);
		Elsewhere before = window.calls().elsewhere();
		long counted = window.calls().all().total();
		long others = Math.max(0, used - counted);
		long left = Math.max(0, window.limit() - counted - others);
		long expected = Math.min(expected(others, before, window.period(), now), left / 2);
		window.set(before.revised(others, expected, now));
		return new Correction(name, window.limit(), counted, before.calls(), others, expected, left);
	}

	/**
	 * Returns whether the given correction is the current estimate.
	 */
	public boolean isCurrent(Correction correction) {
		Elsewhere current = window(correction.window()).calls().elsewhere();
		return current.calls() == correction.elsewhere() && current.expected() == correction.expectedElsewhere();
	}

	private CalendarWindow window(String name) {
		return windows.calendar()
			.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("the plan does not limit the " + name));
	}

	// Others are expected to continue at their rate since the last estimate if that is at
	// least a part of the period old, or else since the period began. Because they may
	// stop, at least half of the remaining calls are left to refreshes.
	private static long expected(long others, Elsewhere before, Period period, Instant now) {
		long length = Duration.between(period.start(), period.end()).toMillis();
		long passed = Duration.between(period.start(), now).toMillis();
		long since = Duration.between(before.at(), now).toMillis();
		boolean known = before.revision() > 0 && since >= length / PARTS_OF_PERIOD;
		double rate = known ? (double) Math.max(0, others - before.calls()) / since
				: (double) others / Math.max(passed, length / SHORTEST_PART);
		return (long) Math.ceil(rate * (length - passed));
	}

}
