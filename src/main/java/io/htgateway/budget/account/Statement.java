package io.htgateway.budget.account;

import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;

/**
 * Statement of a month's account.
 *
 * @param month the month; it is the one in which the billing month begins
 * @param lines usage by line, empty if nothing is known of the month
 * @param months all months with an account, the latest first
 */
public record Statement(YearMonth month, SortedMap<Line, Usage> lines, List<YearMonth> months) {

	public Statement {
		months = List.copyOf(months);
	}

}
