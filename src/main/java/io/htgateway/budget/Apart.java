package io.htgateway.budget;

import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * What this replica may spend without the others: a part of each minute that nobody else
 * spends, and of what is left of the day and the month. Not thread-safe.
 */
final class Apart {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final Windows windows;

	private final int replicas;

	private final boolean perMinute;

	private final @Nullable MinuteWindow minute;

	Apart(Windows windows, BudgetProperties properties, Shares shares, InstantSource clock) {
		this.windows = windows;
		this.replicas = properties.replicas();
		long limit = properties.limitsOfAll().perMinute();
		this.perMinute = limit > 0;
		this.minute = minute(MinuteWindow.apart(limit) / replicas, properties, shares, clock);
	}

	// Empty at the start: the run before may have used it up a moment ago.
	private static @Nullable MinuteWindow minute(long limit, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		if (limit == 0) {
			return null;
		}
		MinuteWindow window = new MinuteWindow(limit, properties.interactiveReserve(), shares, clock);
		window.restore(0, Duration.ZERO);
		return window;
	}

	/**
	 * Keeps the given shares from now on.
	 */
	void replace(Shares shares) {
		if (minute != null) {
			minute.replace(shares);
		}
	}

	/**
	 * Lets this replica have its part of each day and month.
	 */
	void divide() {
		windows.calendar().forEach((window) -> window.divide(replicas));
	}

	/**
	 * The minute at present, if this replica may make any call in it.
	 */
	@Nullable MinuteWindow minute() {
		if (minute != null) {
			minute.roll();
		}
		return minute;
	}

	/**
	 * Charges a call.
	 * @throws BudgetExhausted where the part does not have it
	 */
	void charge(Priority priority, String account) {
		divide();
		requireAny();
		windows.require(priority, account, minute());
		windows.calendar().forEach((window) -> window.countApart(account));
		if (minute != null) {
			minute.count(account);
		}
	}

	private void requireAny() {
		if (perMinute && minute == null) {
			throw new BudgetExhausted(MinuteWindow.NAME, MINUTE);
		}
	}

	/**
	 * Why there is no call at present, if there is none.
	 */
	@Nullable BudgetExhausted refusal(Priority priority) {
		divide();
		return (perMinute && minute == null) ? new BudgetExhausted(MinuteWindow.NAME, MINUTE)
				: windows.refusal(priority, minute());
	}

}
