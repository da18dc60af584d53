package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What was spent, as it survives a restart.
 *
 * @param savedAt when this was so
 * @param complete whether no call was made after it
 * @param minute calls that the minute had left, if it is limited
 * @param windows the spend of each calendar window by its name
 */
record Spend(Instant savedAt, boolean complete, @Nullable Long minute, Map<String, Counted> windows) {

	/**
	 * Where no minute tells how many calls a moment can have.
	 */
	private static final double UNSAVED_PART = 0.1;

	/**
	 * More than any plan has, and far from where sums overflow.
	 */
	private static final long MAX_CALLS = 1_000_000_000_000L;

	Spend {
		Objects.requireNonNull(savedAt);
		windows = Map.copyOf(windows);
	}

	static Spend of(Instant now, @Nullable MinuteWindow minute, List<CalendarWindow> calendar) {
		return new Spend(now, false, (minute != null) ? minute.available() : null,
				calendar.stream()
					.collect(Collectors.toMap(CalendarWindow::name,
							(window) -> new Counted(window.period().start(), window.used()))));
	}

	/**
	 * The same while a next run is under way, which may end without its last word.
	 */
	Spend continued() {
		return new Spend(savedAt, false, minute, windows);
	}

	/**
	 * The same as the last word of a run.
	 */
	Spend completed() {
		return new Spend(savedAt, true, minute, windows);
	}

	void restoreTo(Instant now, @Nullable MinuteWindow minuteWindow, List<CalendarWindow> calendar) {
		for (CalendarWindow window : calendar) {
			window.restore(usedIn(window, now) + (complete ? 0 : unsaved(window, minuteWindow, now)));
		}
		if (minuteWindow == null) {
			return;
		}
		if (complete && minute != null) {
			minuteWindow.restore(minute, Duration.between(savedAt, now));
		}
		else {
			minuteWindow.restore(0, Duration.ZERO);
		}
	}

	private long usedIn(CalendarWindow window, Instant now) {
		Counted counted = windows.get(window.name());
		Instant start = window.period().start();
		if (counted != null && counted.start().equals(start)) {
			return counted.used();
		}
		if (savedAt.isBefore(start)) {
			return 0;
		}
		return Math.max(window.evenSpend(now), (counted != null) ? counted.used() : 0);
	}

	// A run that was killed can have made as many calls after this as the minute had left
	// and got since; not more than fit into it, since it saves every second.
	private long unsaved(CalendarWindow window, @Nullable MinuteWindow minuteWindow, Instant now) {
		long most;
		if (minuteWindow == null) {
			most = (long) Math.ceil(window.limit() * UNSAVED_PART);
		}
		else {
			most = (minute != null) ? minuteWindow.most(minute, Duration.between(savedAt, now)) : minuteWindow.burst();
		}
		return Math.min(most, window.limit());
	}

	/**
	 * The spend of one calendar window.
	 *
	 * @param start which one of its kind it is
	 * @param used calls in it
	 */
	record Counted(Instant start, long used) {

		Counted {
			Objects.requireNonNull(start);
			if (used < 0 || used > MAX_CALLS) {
				throw new IllegalArgumentException("an impossible number of calls");
			}
		}

	}

}
