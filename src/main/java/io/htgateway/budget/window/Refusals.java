package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Priority;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses calls for which a window has no call left, and calls that are reserved for
 * other accounts. Not thread-safe.
 */
final class Refusals {

	private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

	private final List<CalendarWindow> calendar;

	/**
	 * Creates refusals by the given windows, which the caller moves to the current time.
	 */
	Refusals(List<CalendarWindow> calendar) {
		this.calendar = calendar;
	}

	/**
	 * Requires that every window has a call for the account.
	 * @param minute the minute, or null if it is not limited
	 * @throws BudgetExhausted if a window has no call
	 */
	void require(Priority priority, String account, @Nullable MinuteWindow minute, Instant now) {
		BudgetExhausted refusal = refusal(priority, minute, now);
		if (refusal != null) {
			calendar.forEach(Refusals::logIfNewlySpent);
			throw refusal;
		}
		requireShare(account, minute, now);
	}

	/**
	 * Returns why no call of the given priority is possible, or null if one is possible.
	 * Of several spent windows, the one that stays spent longest is the reason.
	 * @param minute the minute, or null if it is not limited
	 */
	@Nullable BudgetExhausted refusal(Priority priority, @Nullable MinuteWindow minute, Instant now) {
		BudgetExhausted longest = null;
		if (minute != null && !minute.allows(priority)) {
			longest = new BudgetExhausted(MinuteWindow.NAME, minute.wait(priority));
		}
		for (CalendarWindow window : calendar) {
			if (!window.allowance().allows(priority, now)) {
				Duration wait = window.allowance().wait(priority, now);
				boolean longer = longest == null || wait.compareTo(longest.retryAfter()) > 0;
				longest = longer ? new BudgetExhausted(window.name(), wait) : longest;
			}
		}
		return longest;
	}

	// Logged once for each period, and not if only the reserve is left.
	private static void logIfNewlySpent(CalendarWindow window) {
		if (window.isNewlySpent()) {
			LOG.warn("Budget is spent: window={} limit={} until={}", window.name(), window.limit(),
					window.period().end());
		}
	}

	private void requireShare(String account, @Nullable MinuteWindow minute, Instant now) {
		for (CalendarWindow window : calendar) {
			if (!window.leavesOthersReservations(account)) {
				throw BudgetExhausted.ofShare(window.name(), window.shareWait(account, now));
			}
		}
		if (minute != null && !minute.leavesOthersReservations(account)) {
			throw BudgetExhausted.ofShare(MinuteWindow.NAME, minute.shareWait(account));
		}
	}

}
