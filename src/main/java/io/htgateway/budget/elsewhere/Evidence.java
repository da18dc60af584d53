package io.htgateway.budget.elsewhere;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.Period;

/**
 * Classifies the time to wait of a 429 for a day or a month that has calls left by the
 * gateway's own count.
 */
enum Evidence {

	/**
	 * The wait lasts until the window ends: others have spent what is left of it.
	 */
	SPENT {
		@Override
		long calls(CalendarWindow window) {
			return Math.min(window.calls().left(), Math.ceilDiv(window.limit(), MOST_OF_LIMIT));
		}

		@Override
		Duration rest(Period period) {
			return IN_FLIGHT;
		}
	},

	/**
	 * The wait ends shortly after the beginning of the window: others had spent the
	 * previous window, which ends a little later at the upstream.
	 */
	SPENT_BEFORE {
		@Override
		long calls(CalendarWindow window) {
			return 0;
		}

		@Override
		Duration rest(Period period) {
			return IN_FLIGHT;
		}
	},

	/**
	 * The wait fits no window: others have spent something, and it is unknown how much.
	 */
	UNCLEAR {
		@Override
		long calls(CalendarWindow window) {
			return Math.ceilDiv(window.calls().left(), STEP_OF_LEFT);
		}

		@Override
		Duration rest(Period period) {
			return tolerance(period);
		}
	};

	/**
	 * Time after which no call is in flight any more that was made before a pause. A
	 * shorter wait concerns the minute.
	 */
	static final Duration IN_FLIGHT = Duration.ofMinutes(2);

	/**
	 * Divides the limit of a window into parts. One 429 can take one of them at most.
	 */
	private static final long MOST_OF_LIMIT = 4;

	/**
	 * Divides what is left of a window into the parts of which an unclear 429 takes one.
	 */
	private static final long STEP_OF_LEFT = 10;

	private static final int PARTS_OF_PERIOD = 24;

	/**
	 * Returns the calls of others that follow for the given window, which has calls left.
	 */
	abstract long calls(CalendarWindow window);

	/**
	 * Returns the time for which evidence of this kind is ignored after an estimate.
	 */
	abstract Duration rest(Period period);

	/**
	 * Returns what the given wait says about a period. The upstream may begin its days
	 * and months at another time of the day.
	 */
	static Evidence of(Duration wait, Period period, Instant now) {
		Duration left = Duration.between(now, period.end());
		Duration tolerance = tolerance(period);
		Duration early = left.dividedBy(2);
		Duration shortest = left.minus((early.compareTo(tolerance) < 0) ? early : tolerance);
		if (wait.compareTo(shortest) >= 0 && wait.compareTo(left.plus(tolerance)) <= 0) {
			return SPENT;
		}
		return now.plus(wait).isAfter(period.start().plus(tolerance)) ? UNCLEAR : SPENT_BEFORE;
	}

	// An hour of a day, and 28 to 31 hours of a month.
	private static Duration tolerance(Period period) {
		return Duration.between(period.start(), period.end()).dividedBy(PARTS_OF_PERIOD);
	}

}
