package io.htgateway.ops.account;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statement as CSV (RFC 4180), with a header line.
 */
final class AccountCsv {

	private static final String HEADER = "month,team,endpoint,calls,requests,hits,bytes";

	private static final String END = "\r\n";

	private AccountCsv() {
	}

	static String of(AccountReport report) {
		return Stream.concat(Stream.of(HEADER), report.lines().stream().map((line) -> row(report.month(), line)))
			.collect(Collectors.joining(END, "", END));
	}

	private static String row(String month, AccountReport.Line line) {
		return Stream
			.of(month, cell(line.team()), cell(line.endpoint()), line.calls(), line.requests(), line.hits(),
					line.bytes())
			.map(String::valueOf)
			.collect(Collectors.joining(","));
	}

	// A spreadsheet takes a cell that begins like this for a formula, even in quotes.
	private static String cell(String text) {
		String safe = (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
		return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
	}

}
