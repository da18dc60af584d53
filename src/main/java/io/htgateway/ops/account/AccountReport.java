package io.htgateway.ops.account;

import java.time.YearMonth;
import java.util.List;
import java.util.function.ToLongFunction;

import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Usage;

/**
 * Statement of a month as operators read it.
 *
 * @param month the month
 * @param calls calls of all lines: what the budget counts in the month
 * @param requests requests of all lines
 * @param hits hits of all lines
 * @param bytes bytes of all lines
 * @param lines the lines, those with names in parentheses last
 * @param months all months with an account, the latest first
 */
record AccountReport(String month, long calls, long requests, long hits, long bytes, List<Line> lines,
		List<String> months) {

	static AccountReport of(Statement statement) {
		List<Line> lines = statement.lines().entrySet().stream().map((line) -> {
			Usage usage = line.getValue();
			return new Line(line.getKey().team(), line.getKey().endpoint(), usage.calls(), usage.requests(),
					usage.hits(), usage.bytes());
		}).toList();
		return new AccountReport(statement.month().toString(), sum(lines, Line::calls), sum(lines, Line::requests),
				sum(lines, Line::hits), sum(lines, Line::bytes), lines,
				statement.months().stream().map(YearMonth::toString).toList());
	}

	private static long sum(List<Line> lines, ToLongFunction<Line> value) {
		return lines.stream().mapToLong(value).sum();
	}

	/**
	 * One line.
	 *
	 * @param team name of the team, or a name in parentheses
	 * @param endpoint name of the endpoint, or empty
	 */
	record Line(String team, String endpoint, long calls, long requests, long hits, long bytes) {
	}

	/**
	 * An error that says what was wrong.
	 *
	 * @param error what was wrong, and what is right
	 * @param months all months with an account, the latest first
	 */
	record Problem(String error, List<String> months) {
	}

}
