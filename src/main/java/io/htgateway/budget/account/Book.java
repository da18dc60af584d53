package io.htgateway.budget.account;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The accounts of the latest months, as one gateway counts them. Not thread-safe.
 */
public final class Book {

	/**
	 * The current month and the 13 before it.
	 */
	public static final int MAX_MONTHS = 14;

	/**
	 * Most lines of a month. Further teams share one line for each endpoint.
	 */
	public static final int MAX_LINES = 10_000;

	private final NavigableMap<YearMonth, Month> months = new TreeMap<>();

	/**
	 * Adds usage to a line.
	 */
	public void add(YearMonth month, Line line, Usage more) {
		month(month).add(line, more);
	}

	/**
	 * Replaces the balance of a period that begins in the given month.
	 */
	public void put(YearMonth month, Instant start, Balance balance) {
		month(month).put(start, balance);
	}

	/**
	 * Restores accounts that were saved.
	 */
	public void restore(Map<YearMonth, Account> saved) {
		saved.forEach((month, account) -> months.put(month, new Month(account)));
		dropOld();
	}

	/**
	 * Returns the statement of a month.
	 */
	public Statement statement(YearMonth month) {
		Month known = months.get(month);
		Account account = (known != null) ? known.account() : Account.NONE;
		return new Statement(month, account.statement(), List.copyOf(months.descendingKeySet()));
	}

	/**
	 * Returns what was used in a line of a month.
	 */
	public Usage usage(YearMonth month, Line line) {
		Month known = months.get(month);
		return (known != null) ? known.usage(line) : Usage.NONE;
	}

	/**
	 * Returns all accounts. An account that has not changed since the last time is the
	 * same object.
	 */
	public NavigableMap<YearMonth, Account> accounts() {
		NavigableMap<YearMonth, Account> all = new TreeMap<>();
		months.forEach((month, account) -> all.put(month, account.account()));
		return Collections.unmodifiableNavigableMap(all);
	}

	private Month month(YearMonth month) {
		Month known = months.get(month);
		if (known != null) {
			return known;
		}
		Month added = new Month(Account.NONE);
		months.put(month, added);
		dropOld();
		return added;
	}

	private void dropOld() {
		while (months.size() > MAX_MONTHS) {
			months.pollFirstEntry();
		}
	}

}
