package io.htgateway.pacing;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The table of simulated months.
 */
final class MonthReport {

	private static final String START = "| plan | ";

	private static final String HEAD = START
			+ "calls | of the plan | 429 | failed | mean age | at equal intervals | best possible | oldest | mean stretch"
			+ " | identical | mean lag |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n";

	private static final String END = "\n\n";

	private MonthReport() {
	}

	/**
	 * Returns the given page with its table replaced.
	 */
	static String replaceTable(String page, Map<SimulatedPlan, MonthTally.Outcome> byDemand,
			Map<SimulatedPlan, MonthTally.Outcome> equal, Map<SimulatedPlan, Double> best) {
		int start = page.indexOf(START);
		String rows = byDemand.keySet()
			.stream()
			.map((plan) -> row(plan, Objects.requireNonNull(byDemand.get(plan)),
					Objects.requireNonNull(equal.getOrDefault(plan, byDemand.get(plan))).meanAge(),
					Objects.requireNonNull(best.get(plan))))
			.collect(Collectors.joining("\n"));
		return page.substring(0, start) + HEAD + rows + page.substring(page.indexOf(END, start));
	}

	private static String row(SimulatedPlan plan, MonthTally.Outcome outcome, double equal, double best) {
		return String.format(Locale.ROOT, "| %s | %,d | %.1f %% | %d | %d | %s | %s | %s | %s | %.1f | %.0f %% | %s |",
				plan.property(), outcome.calls(), 100.0 * outcome.calls() / plan.perMonth(), outcome.refusals(),
				outcome.coldFailures() + outcome.warmFailures(), time(outcome.meanAge()), time(equal), time(best),
				time(outcome.oldest()), outcome.meanStretch(), 100 * outcome.identical(), time(outcome.meanLag()));
	}

	static String time(double seconds) {
		return (seconds < 7_200) ? String.format(Locale.ROOT, "%d:%02d min", (int) seconds / 60, (int) seconds % 60)
				: String.format(Locale.ROOT, "%d:%02d h", (int) seconds / 3600, (int) seconds / 60 % 60);
	}

}
