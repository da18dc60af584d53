package io.htgateway.shared.budget;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.budget.account.Account;
import io.htgateway.budget.account.Balance;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Usage;

/**
 * The text in which a script returns the account of a month: the months with an account,
 * and then fields and values, a line each.
 */
final class AccountText {

	private static final char CALLS = '+';

	private static final char REQUESTS = '~';

	private static final char PERIOD = '=';

	private AccountText() {
	}

	static Statement statement(YearMonth month, String text) {
		List<String> all = text.lines().toList();
		Map<Line, Usage> lines = new HashMap<>();
		Map<Instant, Balance> periods = new HashMap<>();
		for (int at = 1; at + 1 < all.size(); at += 2) {
			String field = all.get(at);
			String value = all.get(at + 1);
			switch (field.charAt(0)) {
				case CALLS ->
					lines.merge(Line.parse(field.substring(1)), Usage.ofCalls(Long.parseLong(value)), Usage::plus);
				case REQUESTS -> lines.merge(Line.parse(field.substring(1)), requests(value), Usage::plus);
				case PERIOD -> periods.put(Instant.ofEpochMilli(Long.parseLong(field.substring(1))), balance(value));
				default -> {
					// The number of lines, or a field of a later version.
				}
			}
		}
		return new Statement(month, new Account(lines, periods).statement(), months(all));
	}

	private static Usage requests(String value) {
		long[] counts = numbers(value);
		return new Usage(0, counts[0], counts[1], counts[2]);
	}

	private static long[] numbers(String value) {
		return Arrays.stream(value.split(" ")).mapToLong(Long::parseLong).toArray();
	}

	private static Balance balance(String value) {
		long[] calls = numbers(value);
		return new Balance(calls[0], calls[1], calls[2]);
	}

	private static List<YearMonth> months(List<String> all) {
		return all.isEmpty() || all.getFirst().isEmpty() ? List.of()
				: Arrays.stream(all.getFirst().split(" ")).map(YearMonth::parse).toList();
	}

}
