package io.htgateway.shared.budget;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

	private static final String CALLS = "+";

	/**
	 * Calls or requests of a line, or the balance of a period. Other fields, such as the
	 * number of lines, are not read.
	 */
	private static final Pattern FIELD = Pattern.compile("=(?<start>\\d{1,15})|(?<kind>[+~])(?<line>\\S+ \\S*)");

	private static final Pattern SINCE = Pattern.compile("^@\\n(\\d{1,15})$", Pattern.MULTILINE);

	private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

	/**
	 * Most numbers of a value.
	 */
	private static final int NUMBERS = 3;

	private AccountText() {
	}

	/**
	 * Returns the statement in the given text. Malformed fields are ignored, and
	 * malformed numbers count as 0.
	 */
	static Statement statement(YearMonth month, String text) {
		List<String> all = text.lines().toList();
		Map<Line, Usage> lines = new HashMap<>();
		Map<Instant, Balance> periods = new HashMap<>();
		for (int at = 1; at + 1 < all.size(); at += 2) {
			Matcher field = FIELD.matcher(all.get(at));
			if (field.matches()) {
				read(field, numbers(all.get(at + 1)), lines, periods);
			}
		}
		return new Statement(month, new Account(lines, periods).statement(), months(all));
	}

	/**
	 * Returns since when the calls of the month are known, or nothing if all are.
	 */
	static Optional<Instant> since(String text) {
		Matcher since = SINCE.matcher(text);
		return since.find() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(since.group(1)))) : Optional.empty();
	}

	private static void read(Matcher field, long[] numbers, Map<Line, Usage> lines, Map<Instant, Balance> periods) {
		if (field.group("start") != null) {
			periods.put(Instant.ofEpochMilli(Long.parseLong(field.group("start"))),
					new Balance(numbers[0], numbers[1], numbers[2]));
		}
		else {
			Usage usage = field.group("kind").equals(CALLS) ? Usage.ofCalls(numbers[0])
					: new Usage(0, numbers[0], numbers[1], numbers[2]);
			lines.merge(Line.parse(field.group("line")), usage, Usage::plus);
		}
	}

	private static long[] numbers(String value) {
		return Arrays.copyOf(
				NUMBER.matcher(value).results().mapToLong((digits) -> Long.parseLong(digits.group())).toArray(),
				NUMBERS);
	}

	private static List<YearMonth> months(List<String> all) {
		return all.isEmpty() || all.getFirst().isEmpty() ? List.of()
				: Arrays.stream(all.getFirst().split(" ")).map(YearMonth::parse).toList();
	}

}
