package io.htgateway.budget.window;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.budget.Tally;
import io.htgateway.budget.saved.SavedWindow;
import io.htgateway.budget.saved.Spend;
import io.htgateway.budget.saved.SpendBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Saves the calls of the windows for the next run, and restores those of an earlier run.
 * Calls that the earlier run may have made without saving them are assumed.
 */
final class SavedSpend {

	/**
	 * Part of a window's limit that a run can have spent without saving it, if the minute
	 * is not limited.
	 */
	private static final double UNSAVED_PART = 0.1;

	private final Spend spend;

	private final @Nullable MinuteWindow minute;

	private final Instant now;

	/**
	 * Creates the spend of an earlier run.
	 * @param minute the minute of this run, or null if the plan does not limit it
	 */
	SavedSpend(Spend spend, @Nullable MinuteWindow minute, Instant now) {
		this.spend = spend;
		this.minute = minute;
		this.now = now;
	}

	/**
	 * Returns the calls of the given windows as they are saved.
	 */
	static Spend save(Instant now, Windows windows, Spend.Accounts accounts) {
		SpendBuilder spend = new SpendBuilder();
		for (CalendarWindow window : windows.calendar()) {
			EarlierPeriods.Calls current = window.calls().toRemember();
			spend.current(window.name(), window.period().start(), current.all(), current.charged(),
					current.elsewhere());
			spend.accounts(window.name(), window.period().start(), window.accounts().in(window.period().start()));
			window.calls()
				.earlier()
				.all()
				.forEach((start, calls) -> spend.earlier(window.name(), start, calls.all(), calls.charged(),
						calls.elsewhere()));
		}
		MinuteWindow minute = windows.minute();
		if (minute != null) {
			spend.recent(minute.bySecond(false), false);
			spend.recent(minute.bySecond(true), true);
		}
		return spend.build(now, (minute != null) ? minute.available() : null, accounts);
	}

	/**
	 * Restores the calls of a day or month.
	 */
	void restore(CalendarWindow window) {
		SavedWindow saved = spend.window(window.name());
		long unsaved = spend.complete() ? 0 : unsaved(window);
		Instant current = window.period().start();
		window.calls().restore(calls(saved, current, current(window, saved), unsaved));
		window.accounts().restore(current, saved.accounts(current));
		saved.starts()
			.stream()
			.filter((start) -> !start.equals(current))
			.forEach((start) -> window.calls().earlier().put(start, calls(saved, start, saved.calls(start), unsaved)));
	}

	// Unsaved calls were charged in the period that was the current one when the spend
	// was saved.
	private static EarlierPeriods.Calls calls(SavedWindow saved, Instant start, Tally all, long unsaved) {
		boolean isLast = saved.currentStart().filter(start::equals).isPresent();
		return new EarlierPeriods.Calls(all.plusAssumed(unsaved),
				saved.charged(start).plusAssumed(isLast ? unsaved : 0), saved.elsewhere(start));
	}

	private Tally current(CalendarWindow window, SavedWindow saved) {
		Instant start = window.period().start();
		if (saved.knows(start)) {
			return saved.calls(start);
		}
		Tally last = saved.currentStart().map(saved::calls).orElse(Tally.NONE);
		return last.atLeast(window.calls().evenSpend(now));
	}

	// A killed run can have made as many unsaved calls as the saved calls of the minute
	// left it until now. They cannot exceed the minute's limit, because the spend is
	// saved every second.
	private long unsaved(CalendarWindow window) {
		if (minute == null) {
			return Math.min((long) Math.ceil(window.limit() * UNSAVED_PART), window.limit());
		}
		Instant left = now.minus(MinuteWindow.LENGTH).plusSeconds(1);
		Map<Instant, Long> still = new HashMap<>(spend.recent(false));
		spend.recent(true).forEach((at, calls) -> still.merge(at, calls, Long::sum));
		still.keySet().removeIf((at) -> !at.isAfter(left));
		return Math.clamp(minute.unknown() - sum(still), 0, window.limit());
	}

	/**
	 * Restores the calls of the minute, if the plan limits it.
	 */
	void restoreMinute() {
		if (minute == null) {
			return;
		}
		if (spend.complete() && spend.minute() != null) {
			minute.restore(spend.recent(false), assumedRecent(minute.limit() - spend.minute()));
		}
		else {
			minute.restoreUnknown();
		}
	}

	// Calls of the minute that are saved without their time were made before the file
	// was.
	private Map<Instant, Long> assumedRecent(long counted) {
		Map<Instant, Long> recent = new HashMap<>(spend.recent(true));
		long known = sum(recent) + sum(spend.recent(false));
		recent.merge(spend.savedAt(), Math.max(0, counted - known), Long::sum);
		return recent;
	}

	private static long sum(Map<Instant, Long> calls) {
		return calls.values().stream().mapToLong(Long::longValue).sum();
	}

}
