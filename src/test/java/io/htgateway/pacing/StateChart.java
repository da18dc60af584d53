package io.htgateway.pacing;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Draws the calls of a month on Flow with each source of state updates, and the part of
 * them that brought nothing new.
 */
final class StateChart {

	private static final int LEFT = 250;

	private static final int WIDTH = 330;

	private static final int ROW = 26;

	private StateChart() {
	}

	static String of(Map<StateMonth, MonthTally.Outcome> outcomes) {
		List<StateMonth> months = Stream
			.of(Stream.of(StateMonth.WITHOUT_CLOCK),
					StateMonth.right().filter((month) -> month.plan() == SimulatedPlan.FLOW), StateMonth.wrong())
			.flatMap((each) -> each)
			.toList();
		double most = months.stream().mapToLong((month) -> outcome(outcomes, month).calls()).max().orElseThrow();
		int height = 60 + ROW * months.size();
		Formatter svg = new Formatter(Locale.ROOT);
		svg.format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"%d\" font-family=\"sans-serif\""
				+ " font-size=\"12\"><rect width=\"720\" height=\"%d\" fill=\"white\"/>%n", height, height);
		svg.format("<text x=\"12\" y=\"22\" font-weight=\"bold\">calls of a month on flow (dark: identical bytes),"
				+ " and mean lag behind the newest state</text>%n");
		for (int row = 0; row < months.size(); row++) {
			bar(svg, months.get(row), outcome(outcomes, months.get(row)), 44 + ROW * row, WIDTH / most);
		}
		svg.format("</svg>%n");
		return svg.toString();
	}

	private static void bar(Formatter svg, StateMonth month, MonthTally.Outcome outcome, int top, double scale) {
		double width = outcome.calls() * scale;
		svg.format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 8, top + 13,
				month.source().title());
		svg.format("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#9ecae1\"/>%n", LEFT, top, width);
		svg.format("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#3182bd\"/>%n", LEFT, top,
				width * outcome.identical());
		svg.format("<text x=\"%.1f\" y=\"%d\">%,d, %s</text>%n", LEFT + width + 8, top + 13, outcome.calls(),
				MonthReport.time(outcome.meanLag()));
	}

	private static MonthTally.Outcome outcome(Map<StateMonth, MonthTally.Outcome> outcomes, StateMonth month) {
		return Objects.requireNonNull(outcomes.get(month));
	}

}
