package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An upstream that counts its calls and refuses those over its limits: in any minute, in
 * a day of UTC, or in total.
 *
 * @see SimulatedMonth
 */
final class CountingUpstream {

	private static final long DAY = Duration.ofDays(1).toSeconds();

	private final long perMinute;

	private final long perDay;

	private final long perMonth;

	private final Deque<Instant> minute = new ArrayDeque<>();

	private long calls;

	private long refusals;

	private long day;

	private long callsOfDay;

	CountingUpstream(long perMinute, long perDay, long perMonth) {
		this.perMinute = perMinute;
		this.perDay = perDay;
		this.perMonth = perMonth;
	}

	void call(Instant now) {
		calls++;
		minute.addLast(now);
		while (!minute.getFirst().isAfter(now.minusSeconds(60))) {
			minute.removeFirst();
		}
		long today = now.getEpochSecond() / DAY;
		callsOfDay = (today == day) ? callsOfDay + 1 : 1;
		day = today;
		if (minute.size() > perMinute || callsOfDay > perDay || calls > perMonth) {
			refusals++;
		}
	}

	long calls() {
		return calls;
	}

	long refusals() {
		return refusals;
	}

}
