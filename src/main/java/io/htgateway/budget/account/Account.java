package io.htgateway.budget.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Account of one month.
 *
 * @param lines usage by line
 * @param periods balances of the budget's periods that begin in the month, by their
 * start: the month itself, or each day on a plan that limits only the day
 */
public record Account(Map<Line, Usage> lines, Map<Instant, Balance> periods) {

	/**
	 * An empty account.
	 */
	public static final Account NONE = new Account(Map.of(), Map.of());

	public Account {
		lines = Map.copyOf(lines);
		periods = Map.copyOf(periods);
	}

	/**
	 * Returns this account with the balance of a period, which replaces an earlier one of
	 * the same period.
	 */
	public Account with(Instant start, Balance balance) {
		Map<Instant, Balance> more = new HashMap<>(periods);
		more.put(start, balance);
		return new Account(lines, more);
	}

	/**
	 * Returns all lines in order, with those of calls for which no team is known. The sum
	 * of their calls is the number of calls that the budget counts.
	 */
	public SortedMap<Line, Usage> statement() {
		SortedMap<Line, Usage> all = new TreeMap<>(lines);
		Balance balance = periods.values().stream().reduce(Balance.NONE, Balance::plus);
		put(all, Line.UNKNOWN, balance.made() - calls());
		put(all, Line.ASSUMED, balance.assumed());
		put(all, Line.ELSEWHERE, balance.elsewhere());
		all.values().removeIf(Usage.NONE::equals);
		return all;
	}

	private long calls() {
		return lines.values().stream().mapToLong(Usage::calls).sum();
	}

	private static void put(Map<Line, Usage> all, Line line, long calls) {
		if (calls > 0) {
			all.put(line, Usage.ofCalls(calls));
		}
	}

}
