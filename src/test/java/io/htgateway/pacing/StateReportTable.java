package io.htgateway.pacing;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of months with the state clock, for the documentation.
 */
final class StateReportTable {

	private static final String START = "| source | ";

	private static final String HEAD = START
			+ "plan | calls | of the plan | 429 | failed | identical | mean lag | mean age |\n|---|---|---|---|---|---|---|---|---|\n";

	private static final String END = "\n\n";

	private StateReportTable() {
	}

	/**
	 * Returns the given page with its table replaced.
	 */
	static String replaceTables(String page, Map<StateMonth, MonthTally.Outcome> outcomes) {
		int start = page.indexOf(START);
		String rows = Stream.of(StateMonth.right(), Stream.of(StateMonth.WITHOUT_CLOCK), StateMonth.wrong())
			.flatMap((months) -> months)
			.map((month) -> row(month, Objects.requireNonNull(outcomes.get(month))))
			.collect(Collectors.joining("\n"));
		return page.substring(0, start) + HEAD + rows + page.substring(page.indexOf(END, start));
	}

	private static String row(StateMonth month, MonthTally.Outcome outcome) {
		return String.format(Locale.ROOT, "| %s | %s | %,d | %.1f %% | %d | %d | %.1f %% | %s | %s |",
				month.source().title(), month.plan().property(), outcome.calls(),
				100.0 * outcome.calls() / month.plan().perMonth(), outcome.refusals(),
				outcome.coldFailures() + outcome.warmFailures(), 100 * outcome.identical(),
				MonthReport.time(outcome.meanLag()), MonthReport.time(outcome.meanAge()));
	}

}
