package io.htgateway.pacing;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of the results of simulated months.
 */
final class MonthReport {

	private static final String START = "| plan | ";

	private static final String END = "\n\n";

	private MonthReport() {
	}

	/**
	 * Returns the given page with its table replaced.
	 */
	static String replaceTable(String page, Map<SimulatedPlan, SimulatedMonth.Outcome> outcomes) {
		int start = page.indexOf(START);
		return page.substring(0, start) + table(outcomes) + page.substring(page.indexOf(END, start));
	}

	private static String table(Map<SimulatedPlan, SimulatedMonth.Outcome> outcomes) {
		String rows = outcomes.entrySet()
			.stream()
			.map((entry) -> row(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining("\n"));
		return START + "calls | of the plan | 429 | failed | mean age | best possible | oldest | mean stretch |\n"
				+ "|---|---|---|---|---|---|---|---|---|\n" + rows;
	}

	private static String row(SimulatedPlan plan, SimulatedMonth.Outcome outcome) {
		double stretch = outcome.days().stream().mapToDouble(SimulatedMonth.Day::stretch).average().orElseThrow();
		return String.format(Locale.ROOT, "| %s | %,d | %.1f %% | %d | %d | %s | %s | %s | %.1f |", plan.property(),
				outcome.calls(), 100.0 * outcome.calls() / plan.perMonth(), outcome.refusals(),
				outcome.coldFailures() + outcome.warmFailures(), time(outcome.meanAge()), time(plan.bestAge()),
				time(outcome.maxAge()), stretch);
	}

	static String time(double seconds) {
		return (seconds < 7_200) ? String.format(Locale.ROOT, "%d:%02d min", (int) seconds / 60, (int) seconds % 60)
				: String.format(Locale.ROOT, "%d:%02d h", (int) seconds / 3600, (int) seconds / 60 % 60);
	}

}
