package io.htgateway.pacing;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A chart of simulated months: the mean age of each day, and the calls until its end.
 */
final class MonthChart {

	private static final int LEFT = 70;

	private static final int WIDTH = 560;

	private static final int HEIGHT = 220;

	private static final double OLDEST = 36_000;

	private static final double YOUNGEST = 100;

	// Separates the labels of lines that end at the same point.
	private static final Map<SimulatedPlan, Integer> AGE_LABELS = Map.of(SimulatedPlan.SURGE, -12, SimulatedPlan.STREAM,
			14);

	private static final Map<SimulatedPlan, Integer> SPEND_LABELS = Map.of(SimulatedPlan.FREE, -14, SimulatedPlan.SURGE,
			14);

	private final Formatter svg = new Formatter(Locale.ROOT);

	private MonthChart() {
	}

	/**
	 * Draws the given months.
	 * @param equal the same months at equal intervals
	 * @param best least possible mean age, in seconds
	 */
	static String of(Map<SimulatedPlan, MonthTally.Outcome> outcomes, Map<SimulatedPlan, MonthTally.Outcome> equal,
			Map<SimulatedPlan, Double> best) {
		MonthChart chart = new MonthChart();
		chart.svg
			.format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"560\" font-family=\"sans-serif\""
					+ " font-size=\"12\"><rect width=\"720\" height=\"560\" fill=\"white\"/>%n");
		chart.ages(outcomes, equal, best, 40);
		chart.spend(outcomes, 310);
		chart.svg.format("</svg>%n");
		return chart.svg.toString();
	}

	private void ages(Map<SimulatedPlan, MonthTally.Outcome> outcomes, Map<SimulatedPlan, MonthTally.Outcome> equal,
			Map<SimulatedPlan, Double> best, int top) {
		frame(top, "mean age per request, by day (thin: at equal intervals; dashed: best possible)");
		List.of(120, 300, 900, 1800, 7200, 36_000)
			.forEach((seconds) -> grid(top, ageHeight(seconds), MonthReport.time(seconds).replace(":00", "")));
		outcomes.forEach((plan, outcome) -> {
			double least = top + HEIGHT * (1 - ageHeight(Objects.requireNonNull(best.get(plan))));
			svg.format("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"3 4\"/>%n",
					LEFT, LEFT + WIDTH, least, least, colour(plan));
			points(top, plan, equal.getOrDefault(plan, outcome), 0.7, (day) -> ageHeight(day.meanAge()));
			line(top, plan, outcome, AGE_LABELS.getOrDefault(plan, 0), (day) -> ageHeight(day.meanAge()));
		});
	}

	private void spend(Map<SimulatedPlan, MonthTally.Outcome> outcomes, int top) {
		frame(top, "calls made, part of the plan");
		IntStream.rangeClosed(0, 4).forEach((part) -> grid(top, part / 4.0, part * 25 + " %"));
		outcomes.forEach((plan, outcome) -> line(top, plan, outcome, SPEND_LABELS.getOrDefault(plan, 0),
				(day) -> (double) day.calls() / plan.perMonth()));
	}

	private void frame(int top, String title) {
		svg.format("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", LEFT, top - 12, title);
		IntStream.of(1, 5, 10, 15, 20, 25, 30)
			.forEach((day) -> svg.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n", x(day),
					top + HEIGHT + 16, day));
	}

	private void grid(int top, double height, String label) {
		double y = top + HEIGHT * (1 - height);
		svg.format("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", LEFT, LEFT + WIDTH, y, y);
		svg.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 8, y + 4, label);
	}

	private void line(int top, SimulatedPlan plan, MonthTally.Outcome outcome, int labelShift,
			ToDoubleFunction<MonthTally.Day> height) {
		points(top, plan, outcome, 2, height);
		svg.format("<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>%n", LEFT + WIDTH + 8,
				top + HEIGHT * (1 - height.applyAsDouble(outcome.days().getLast())) + 4 + labelShift, colour(plan),
				plan.property());
	}

	private void points(int top, SimulatedPlan plan, MonthTally.Outcome outcome, double width,
			ToDoubleFunction<MonthTally.Day> height) {
		List<MonthTally.Day> days = outcome.days();
		String points = IntStream.range(0, days.size())
			.mapToObj((day) -> String.format(Locale.ROOT, "%.1f,%.1f", x(day + 1),
					top + HEIGHT * (1 - height.applyAsDouble(days.get(day)))))
			.collect(Collectors.joining(" "));
		svg.format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n", points,
				colour(plan), width);
	}

	private static double x(int day) {
		return LEFT + WIDTH * (day - 1) / 29.0;
	}

	private static double ageHeight(double seconds) {
		return Math.log(seconds / YOUNGEST) / Math.log(OLDEST / YOUNGEST);
	}

	private static String colour(SimulatedPlan plan) {
		return switch (plan) {
			case FREE -> "#8c564b";
			case PULSE -> "#d62728";
			case SURGE -> "#ff7f0e";
			case FLOW -> "#2ca02c";
			case STREAM -> "#1f77b4";
		};
	}

}
