package io.htgateway.pacing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A picture of simulated months: the mean age of each day, and the spend until its end.
 */
final class MonthChart {

	private static final int LEFT = 70;

	private static final int WIDTH = 560;

	private static final int HEIGHT = 220;

	private static final double OLDEST = 36_000;

	private static final double YOUNGEST = 100;

	private static final Map<SimulatedPlan, String> COLOURS = Map.of(SimulatedPlan.FREE, "#8c564b", SimulatedPlan.PULSE,
			"#d62728", SimulatedPlan.SURGE, "#ff7f0e", SimulatedPlan.FLOW, "#2ca02c", SimulatedPlan.STREAM, "#1f77b4");

	private final StringBuilder svg = new StringBuilder();

	private MonthChart() {
	}

	static String of(Map<SimulatedPlan, SimulatedMonth.Outcome> outcomes) {
		MonthChart chart = new MonthChart();
		chart.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"560\" font-family=\"sans-serif\""
				+ " font-size=\"12\"><rect width=\"720\" height=\"560\" fill=\"white\"/>");
		chart.ages(outcomes, 40);
		chart.spend(outcomes, 310);
		chart.add("</svg>");
		return chart.svg.toString();
	}

	private void ages(Map<SimulatedPlan, SimulatedMonth.Outcome> outcomes, int top) {
		frame(top, "mean age of what is served, by day (dashed: best possible)");
		List.of(120, 300, 900, 1800, 7200, 36_000)
			.forEach((seconds) -> grid(top, ageHeight(seconds), MonthReport.time(seconds).replace(":00", "")));
		outcomes.forEach((plan, outcome) -> {
			double best = top + HEIGHT * (1 - ageHeight(plan.bestAge()));
			add("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"3 4\"/>", LEFT,
					LEFT + WIDTH, best, best, COLOURS.get(plan));
			line(top, plan, outcome, (day) -> ageHeight(day.meanAge()));
		});
	}

	private void spend(Map<SimulatedPlan, SimulatedMonth.Outcome> outcomes, int top) {
		frame(top, "calls made, part of the plan");
		IntStream.rangeClosed(0, 4).forEach((part) -> grid(top, part / 4.0, part * 25 + " %"));
		outcomes.forEach((plan, outcome) -> line(top, plan, outcome, (day) -> (double) day.calls() / plan.perMonth()));
	}

	private void frame(int top, String title) {
		add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top - 12, title);
		IntStream.of(1, 5, 10, 15, 20, 25, 30)
			.forEach((day) -> add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x(day),
					top + HEIGHT + 16, day));
	}

	private void grid(int top, double height, String label) {
		double y = top + HEIGHT * (1 - height);
		add("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", LEFT, LEFT + WIDTH, y, y);
		add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, label);
	}

	private void line(int top, SimulatedPlan plan, SimulatedMonth.Outcome outcome,
			ToDoubleFunction<SimulatedMonth.Day> height) {
		List<SimulatedMonth.Day> days = outcome.days();
		String points = IntStream.range(0, days.size())
			.mapToObj((day) -> String.format(Locale.ROOT, "%.1f,%.1f", x(day + 1),
					top + HEIGHT * (1 - height.applyAsDouble(days.get(day)))))
			.collect(Collectors.joining(" "));
		add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points, COLOURS.get(plan));
		// Flow and stream lie on one another where both are fresh.
		int below = (plan == SimulatedPlan.STREAM) ? 14 : 0;
		add("<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>", LEFT + WIDTH + 8,
				top + HEIGHT * (1 - height.applyAsDouble(days.getLast())) + 4 + below, COLOURS.get(plan),
				plan.property());
	}

	private static double x(int day) {
		return LEFT + WIDTH * (day - 1) / 29.0;
	}

	private static double ageHeight(double seconds) {
		return Math.log(seconds / YOUNGEST) / Math.log(OLDEST / YOUNGEST);
	}

	private void add(String format, Object... values) {
		svg.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

}
