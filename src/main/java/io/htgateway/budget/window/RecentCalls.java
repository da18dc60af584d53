package io.htgateway.budget.window;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The calls of the last minute, each with the time at which it leaves the minute. Not
 * thread-safe.
 */
final class RecentCalls {

	private final Deque<Call> calls = new ArrayDeque<>();

	private final Map<String, Long> accounts = new HashMap<>();

	private long size;

	private long assumed;

	/**
	 * Adds calls that are the latest.
	 */
	void add(Call call) {
		calls.addLast(call);
		size += call.number();
		assumed += call.assumed() ? call.number() : 0;
		accounts.merge(call.account(), call.number(), Long::sum);
	}

	/**
	 * Removes the calls that have left the minute.
	 */
	void removeUntil(Instant now) {
		while (!calls.isEmpty() && !calls.getFirst().leavesAt().isAfter(now)) {
			subtract(calls.removeFirst());
		}
	}

	/**
	 * Removes one call that was not sent, unless it has left the minute.
	 * @param countedAt date at which it was counted
	 */
	void remove(String account, Instant countedAt) {
		for (Iterator<Call> all = calls.iterator(); all.hasNext();) {
			Call call = all.next();
			if (call.account().equals(account) && call.countedAt().equals(countedAt)) {
				all.remove();
				subtract(call);
				return;
			}
		}
	}

	/**
	 * Removes all calls.
	 */
	void clear() {
		calls.clear();
		accounts.clear();
		size = 0;
		assumed = 0;
	}

	private void subtract(Call call) {
		size -= call.number();
		assumed -= call.assumed() ? call.number() : 0;
		accounts.computeIfPresent(call.account(),
				(account, number) -> (number > call.number()) ? number - call.number() : null);
	}

	long size() {
		return size;
	}

	/**
	 * Returns how many calls are assumed.
	 */
	long assumed() {
		return assumed;
	}

	/**
	 * Returns how many calls were made for the account.
	 */
	long of(String account) {
		return accounts.getOrDefault(account, 0L);
	}

	/**
	 * Returns all calls, the oldest first.
	 */
	List<Call> all() {
		return List.copyOf(calls);
	}

	/**
	 * Returns the time at which the given number of calls will have left the minute.
	 * @param otherwise time to return if there are fewer calls
	 */
	Instant leftAt(long number, Instant otherwise) {
		long left = 0;
		for (Call call : calls) {
			left += call.number();
			if (left >= number) {
				return call.leavesAt();
			}
		}
		return otherwise;
	}

	/**
	 * Returns the calls by the date of their count, rounded up to whole seconds.
	 * @param areAssumed whether to return the assumed calls, or the others
	 */
	Map<Instant, Long> bySecond(boolean areAssumed) {
		Map<Instant, Long> seconds = new HashMap<>();
		calls.stream()
			.filter((call) -> call.assumed() == areAssumed)
			.forEach((call) -> seconds.merge(roundedUp(call.countedAt()), call.number(), Long::sum));
		return seconds;
	}

	private static Instant roundedUp(Instant date) {
		Instant second = date.truncatedTo(ChronoUnit.SECONDS);
		return second.equals(date) ? date : second.plusSeconds(1);
	}

	/**
	 * Calls that were made at the same time.
	 *
	 * @param leavesAt elapsed time at which they leave the minute
	 * @param countedAt date at which they were counted
	 * @param number how many there are
	 * @param account on whose behalf they were made, or empty
	 * @param assumed whether it is unknown if they were made
	 */
	record Call(Instant leavesAt, Instant countedAt, long number, String account, boolean assumed) {
	}

}
