package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

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

	private long callsOfOthers;

	private long refusals;

	private long day;

	private long callsOfDay;

	CountingUpstream(long perMinute, long perDay, long perMonth) {
		this.perMinute = perMinute;
		this.perDay = perDay;
		this.perMonth = perMonth;
	}

	/**
	 * Answers a call.
	 * @return the time to wait if the call is refused with 429
	 */
	Optional<Duration> call(Instant now) {
		calls++;
		minute.addLast(now);
		while (!minute.getFirst().isAfter(now.minusSeconds(60))) {
			minute.removeFirst();
		}
		long today = now.getEpochSecond() / DAY;
		callsOfDay = (today == day) ? callsOfDay + 1 : 1;
		day = today;
		Optional<Duration> wait = waiting(now);
		refusals += wait.isPresent() ? 1 : 0;
		return wait;
	}

	private Optional<Duration> waiting(Instant now) {
		if (used() > perMonth) {
			return Optional.of(Duration.between(now, SimulatedMonth.START.plus(SimulatedMonth.LENGTH)));
		}
		if (callsOfDay > perDay) {
			return Optional.of(Duration.between(now, Instant.ofEpochSecond((day + 1) * DAY)));
		}
		return (minute.size() > perMinute) ? Optional.of(Duration.between(now, minute.getFirst().plusSeconds(60)))
				: Optional.empty();
	}

	/**
	 * Answers calls of others with the same plan, which are spread over time.
	 */
	void callsOfOthers(long number) {
		callsOfOthers += number;
	}

	/**
	 * Returns all calls of the month, as the upstream shows them.
	 */
	long used() {
		return calls + callsOfOthers;
	}

	long calls() {
		return calls;
	}

	long refusals() {
		return refusals;
	}

}
