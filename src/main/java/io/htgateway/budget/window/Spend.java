package io.htgateway.budget.window;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * The spend as it is saved for the next run.
 *
 * @param savedAt when it was saved
 * @param complete whether no call was made after that
 * @param minute calls left in the minute, or null if it is not limited
 * @param windows calls by name: of each calendar window by its name, of its other periods
 * by its name and their start, and with a prefix the calls charged while the clock was in
 * the period, the assumed ones, and those of others; of the minute by the second of their
 * count
 * @param accounts accounts of the calls, or null if an earlier version saved this
 */
public record Spend(Instant savedAt, boolean complete, @Nullable Long minute, Map<String, Counted> windows,
		@Nullable Accounts accounts) {

	/**
	 * Part of a window's limit that a run can have spent without saving it, if the minute
	 * is not limited.
	 */
	private static final double UNSAVED_PART = 0.1;

	private static final String EARLIER = "@";

	/**
	 * Prefix of a name that earlier versions must not read as a period.
	 */
	private static final String CHARGED = "charged:";

	private static final String ASSUMED = "assumed:";

	private static final String ELSEWHERE = "elsewhere:";

	private static final String EXPECTED = "expected-elsewhere:";

	/**
	 * Prefix of the revision of an estimate, with the time of the estimate.
	 */
	private static final String REVISION = "revision-elsewhere:";

	private static final String RECENT = MinuteWindow.NAME + EARLIER;

	/**
	 * More than any plan allows, and small enough for sums not to overflow.
	 */
	private static final long MAX_CALLS = 1_000_000_000_000L;

	public Spend {
		Objects.requireNonNull(savedAt);
		windows = Map.copyOf(windows);
	}

	static Spend of(Instant now, @Nullable MinuteWindow minute, List<CalendarWindow> calendar, Accounts accounts) {
		Map<String, Counted> windows = new HashMap<>();
		for (CalendarWindow window : calendar) {
			put(windows, window.name(), "", window.period().start(), window.calls().toRemember());
			window.calls()
				.earlier()
				.all()
				.forEach((start, calls) -> put(windows, window.name(), EARLIER + start, start, calls));
		}
		if (minute != null) {
			minute.bySecond(false).forEach((at, calls) -> putPositive(windows, RECENT + at, at, calls));
			minute.bySecond(true).forEach((at, calls) -> putPositive(windows, ASSUMED + RECENT + at, at, calls));
		}
		return new Spend(now, false, (minute != null) ? minute.available() : null, windows, accounts);
	}

	private static void put(Map<String, Counted> windows, String name, String which, Instant start,
			EarlierPeriods.Calls calls) {
		windows.put(name + which, new Counted(start, calls.all().total()));
		String charged = CHARGED + name + EARLIER + start;
		putPositive(windows, charged, start, calls.charged().total());
		putPositive(windows, ASSUMED + name + EARLIER + start, start, calls.all().assumed());
		putPositive(windows, ASSUMED + charged, start, calls.charged().assumed());
		putPositive(windows, ELSEWHERE + name + EARLIER + start, start, calls.elsewhere().calls());
		putPositive(windows, EXPECTED + name + EARLIER + start, start, calls.elsewhere().expected());
		putPositive(windows, REVISION + name + EARLIER + start, calls.elsewhere().at(), calls.elsewhere().revision());
	}

	private static void putPositive(Map<String, Counted> windows, String name, Instant start, long calls) {
		if (calls > 0) {
			windows.put(name, new Counted(start, calls));
		}
	}

	/**
	 * Returns this spend as that of a run that is in progress, and may be killed.
	 */
	public Spend continued() {
		return new Spend(savedAt, false, minute, windows, accounts);
	}

	/**
	 * Returns this spend as that of a run that has ended normally.
	 */
	public Spend completed() {
		return new Spend(savedAt, true, minute, windows, accounts);
	}

	/**
	 * Returns whether the given spend has the same calls and accounts.
	 */
	public boolean isSameAs(Spend other) {
		return windows.equals(other.windows) && Objects.equals(accounts, other.accounts);
	}

	/**
	 * Returns this spend without the accounts of other months than the current one.
	 */
	public Spend ofCurrentMonth() {
		return (accounts != null) ? new Spend(savedAt, complete, minute, windows, accounts.ofCurrentMonth()) : this;
	}

	/**
	 * Returns the accounts of the months other than the current one.
	 */
	public Map<YearMonth, Account> closedMonths() {
		Map<YearMonth, Account> closed = new HashMap<>(months());
		if (accounts != null) {
			closed.remove(accounts.current());
		}
		return closed;
	}

	/**
	 * Returns the saved accounts by month.
	 */
	public Map<YearMonth, Account> months() {
		return (accounts != null) ? accounts.months() : Map.of();
	}

	/**
	 * Returns whether the given window was in the period of the given start.
	 */
	boolean isCurrent(CalendarWindow window, Instant start) {
		Counted last = windows.get(window.name());
		return last != null && last.start().equals(start);
	}

	void restoreTo(Instant now, @Nullable MinuteWindow minuteWindow, List<CalendarWindow> calendar) {
		for (CalendarWindow window : calendar) {
			long unsaved = complete ? 0 : unsaved(window, minuteWindow, now);
			Instant currentStart = window.period().start();
			window.calls().restore(calls(window, currentStart, callsIn(window, now), unsaved));
			periods(window).filter((period) -> !period.start().equals(currentStart))
				.forEach((period) -> window.calls()
					.earlier()
					.put(period.start(), calls(window, period.start(), tally(window, period), unsaved)));
		}
		if (minuteWindow == null) {
			return;
		}
		if (complete && minute != null) {
			minuteWindow.restore(recent(RECENT), assumedRecent(minuteWindow.limit() - minute));
		}
		else {
			minuteWindow.restoreUnknown();
		}
	}

	// Calls of the minute that are saved without their time were made before the file
	// was.
	private Map<Instant, Long> assumedRecent(long counted) {
		Map<Instant, Long> recent = recent(ASSUMED + RECENT);
		long known = sum(recent) + sum(recent(RECENT));
		recent.merge(savedAt, Math.max(0, counted - known), Long::sum);
		return recent;
	}

	private Map<Instant, Long> recent(String prefix) {
		return windows.entrySet()
			.stream()
			.filter((window) -> window.getKey().startsWith(prefix))
			.map(Map.Entry::getValue)
			.collect(Collectors.toMap(Counted::start, Counted::used, Long::sum, HashMap::new));
	}

	private static long sum(Map<Instant, Long> calls) {
		return calls.values().stream().mapToLong(Long::longValue).sum();
	}

	// Unsaved calls were charged in the period that was the current one when the spend
	// was saved.
	private EarlierPeriods.Calls calls(CalendarWindow window, Instant start, Tally all, long unsaved) {
		String charged = CHARGED + window.name() + EARLIER + start;
		Counted last = windows.get(window.name());
		long since = (last != null && last.start().equals(start)) ? unsaved : 0;
		return new EarlierPeriods.Calls(all.plusAssumed(unsaved),
				Tally.of(number(charged), number(ASSUMED + charged)).plusAssumed(since),
				elsewhere(window.name() + EARLIER + start));
	}

	private Elsewhere elsewhere(String period) {
		Counted revision = windows.get(REVISION + period);
		return (revision != null) ? new Elsewhere(number(ELSEWHERE + period), number(EXPECTED + period),
				revision.used(), revision.start()) : Elsewhere.NONE;
	}

	private Tally tally(CalendarWindow window, Counted period) {
		return Tally.of(period.used(), number(ASSUMED + window.name() + EARLIER + period.start()));
	}

	private long number(String name) {
		Counted counted = windows.get(name);
		return (counted != null) ? counted.used() : 0;
	}

	/**
	 * Returns how many calls of the given window's current period were assumed when this
	 * was saved.
	 */
	long assumed(CalendarWindow window) {
		return number(ASSUMED + window.name() + EARLIER + window.period().start());
	}

	/**
	 * Returns whether the calls of the given window's current period are known.
	 */
	boolean knows(CalendarWindow window) {
		Instant start = window.period().start();
		return savedAt.isBefore(start) || periods(window).anyMatch((period) -> period.start().equals(start));
	}

	private Tally callsIn(CalendarWindow window, Instant now) {
		Counted counted = windows.get(window.name());
		Instant start = window.period().start();
		Optional<Counted> known = periods(window).filter((period) -> period.start().equals(start))
			.max(Comparator.comparingLong(Counted::used));
		if (known.isPresent()) {
			return tally(window, known.get());
		}
		if (savedAt.isBefore(start)) {
			return Tally.NONE;
		}
		Tally other = (counted != null) ? tally(window, counted) : Tally.NONE;
		return other.atLeast(window.calls().evenSpend(now));
	}

	// The current period comes last in the file.
	private Stream<Counted> periods(CalendarWindow window) {
		return windows.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equals(window.name())
					|| entry.getKey().startsWith(window.name() + EARLIER))
			.sorted(Map.Entry.<String, Counted>comparingByKey().reversed())
			.map(Map.Entry::getValue);
	}

	// A killed run can have made as many unsaved calls as the saved calls of the minute
	// left it until now. They cannot exceed the minute's limit, because the spend is
	// saved
	// every second.
	private long unsaved(CalendarWindow window, @Nullable MinuteWindow minuteWindow, Instant now) {
		if (minuteWindow == null) {
			return Math.min((long) Math.ceil(window.limit() * UNSAVED_PART), window.limit());
		}
		Instant left = now.minus(MinuteWindow.LENGTH).plusSeconds(1);
		Map<Instant, Long> still = recent(RECENT);
		recent(ASSUMED + RECENT).forEach((at, calls) -> still.merge(at, calls, Long::sum));
		still.keySet().removeIf((at) -> !at.isAfter(left));
		return Math.clamp(minuteWindow.unknown() - sum(still), 0, window.limit());
	}

	/**
	 * Accounts of the calls.
	 *
	 * @param current the current month
	 * @param months accounts by month
	 */
	public record Accounts(YearMonth current, Map<YearMonth, Account> months) {

		public Accounts {
			Objects.requireNonNull(current);
			months = Map.copyOf(months);
		}

		private Accounts ofCurrentMonth() {
			Account account = months.get(current);
			return new Accounts(current, (account != null) ? Map.of(current, account) : Map.of());
		}

	}

	/**
	 * The spend of one calendar window.
	 *
	 * @param start start of the period
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
