package io.htgateway.budget.elsewhere;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.window.CalendarWindow;
import io.htgateway.budget.window.MinuteWindow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs 429s that show calls of others with the same plan. Not thread-safe.
 */
final class ElsewhereLog {

	private static final Logger LOG = LoggerFactory.getLogger(ElsewhereLog.class);

	/**
	 * Shortest time between two lines about the minute.
	 */
	private static final Duration QUIET_TIME = Duration.ofDays(1);

	private @Nullable Instant minuteLogged;

	void raised(CalendarWindow window, long more, Duration wait) {
		LOG.warn("Upstream answered 429 although calls are left: counting {} of them as spent elsewhere: window={}"
				+ " limit={} counted={} elsewhere={} remaining={} retryAfterSeconds={}. If this is wrong, POST the"
				+ " number of calls that HyperTracker shows to /actuator/gateway", more, window.name(), window.limit(),
				window.calls().all().total(), window.calls().elsewhere().calls(), Math.max(0, window.calls().left()),
				wait.toSeconds());
	}

	/**
	 * Logs a 429 that concerns the minute, once a day, if more than half of its calls
	 * were left: calls in flight cannot explain that many.
	 */
	void minute(@Nullable MinuteWindow minute, Instant now) {
		if (minute == null || minute.available() <= minute.limit() / 2 || isQuiet(now)) {
			return;
		}
		minuteLogged = now;
		LOG.warn(
				"Upstream answered 429 although {} of {} calls of the minute are left: others seem to use the key. POST"
						+ " the number of calls that HyperTracker shows to /actuator/gateway, so that the plan lasts",
				minute.available(), minute.limit());
	}

	private boolean isQuiet(Instant now) {
		return minuteLogged != null && !now.isBefore(minuteLogged) && now.isBefore(minuteLogged.plus(QUIET_TIME));
	}

}
