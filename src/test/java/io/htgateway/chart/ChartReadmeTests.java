package io.htgateway.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the table of values in the chart's README equal to <code>values.yaml</code>; run
 * with <code>-Dchart.write=true</code> to write it anew.
 */
class ChartReadmeTests {

	private static final Path README = Chart.DIRECTORY.resolve("README.md");

	private static final Pattern TABLE = Pattern.compile("(?s)(?<=\n## Values\n\n)\\|.*?\\|\n(?=\n|$)");

	@Test
	void tableOfValuesIsThatOfTheValues() throws IOException {
		String table = ValuesTable.of(Chart.file("values.yaml"));
		if (Boolean.getBoolean("chart.write")) {
			Files.writeString(README,
					TABLE.matcher(Files.readString(README)).replaceFirst(Matcher.quoteReplacement(table)));
		}

		assertThat(README).content().containsPattern(TABLE).contains("## Values\n\n" + table);
	}

	@Test
	void rowHasNameDefaultAndComment() {
		String table = ValuesTable.of("""
				# Of
				# both
				one:
				  # Inner
				  two: ""
				  three: {}
				# A list
				four:
				  - five: 6
				    seven: 8
				nine: 10
				""");

		assertThat(table.lines().skip(2)).containsExactly("| `one` |  | Of both |", "| `one.two` | `\"\"` | Inner |",
				"| `one.three` | `{}` |  |", "| `four` | `[{\"five\":6,\"seven\":8}]` | A list |",
				"| `nine` | `10` |  |");
	}

}
