package io.htgateway.history.watch;

import java.time.Duration;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.state.Timeline;

/**
 * Share of the plan's calls that the watch list may cause.
 *
 * @param perDay maximum calls a day, or infinity if the plan limits neither the day nor
 * the month
 * @param perMinute calls that the plan permits in a minute, or infinity if it does not
 * limit the minute
 */
record WatchShare(double perDay, double perMinute) {

	private static final Duration DAY = Duration.ofDays(1);

	/**
	 * The watch list takes at most this part of a minute's calls: one in four.
	 */
	private static final int PART_OF_MINUTE = 4;

	private static final double PERCENT = 100;

	/**
	 * Returns the given part of the calls of the plan.
	 */
	static WatchShare of(BudgetSnapshot plan, double part) {
		return new WatchShare(plan.perDay() * part, plan.limit("minute"));
	}

	/**
	 * Returns the loads of a key in a day, if states are published at the usual interval.
	 * @param interval usual time between two loads of the key
	 */
	static double loads(Duration interval) {
		return (double) DAY.toMillis() / Math.max(interval.toMillis(), Timeline.DEFAULT.toMillis());
	}

	/**
	 * Validates that the loads of the given number of keys fit in this share.
	 * @param needed loads of all keys a day
	 * @param part the configured part of the plan
	 * @throws UnusableSettingsException if they do not fit
	 */
	void check(int keys, double needed, double part) {
		if (needed <= perDay) {
			return;
		}
		long fit = (long) (perDay / loads(Timeline.DEFAULT));
		double share = Math.ceil(needed / perDay * part * PERCENT) / PERCENT;
		throw new UnusableSettingsException(
				"%s has %d %s, which would take %.0f calls a day: one for each key and state, every %d minutes. %s=%s of "
					.formatted(WatchProperties.WATCH, keys, (keys == 1) ? "key" : "keys", Math.ceil(needed),
							Timeline.DEFAULT.toMinutes(), WatchProperties.SHARE, part)
						+ "the plan is %.0f calls a day, enough for %s. ".formatted(Math.floor(perDay),
								(fit > 0) ? fit : "none")
						+ advice(share));
	}

	private static String advice(double share) {
		return (share <= WatchProperties.LARGEST_SHARE)
				? "Remove keys, or set %s to at least %s.".formatted(WatchProperties.SHARE, share)
				: "Remove keys, or choose a larger plan: not even the largest share, %s, is enough."
					.formatted(WatchProperties.LARGEST_SHARE);
	}

	/**
	 * Returns the shortest time between two loads of one key, if all keys are loaded
	 * equally often.
	 */
	Duration spacing(int keys) {
		return Double.isInfinite(perDay) ? Duration.ZERO
				: Duration.ofMillis((long) Math.ceil(DAY.toMillis() * keys / perDay));
	}

	/**
	 * Returns the shortest time between the loads of two keys. It leaves three quarters
	 * of each minute's calls to callers.
	 */
	Duration gap() {
		return Duration.ofMillis((long) (Duration.ofMinutes(1).toMillis() * PART_OF_MINUTE / perMinute));
	}

}
