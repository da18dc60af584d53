package io.htgateway.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * The table of values in the chart's README: a row for each value, with what the comment
 * above it says.
 */
final class ValuesTable {

	private static final Pattern KEY = Pattern.compile("( *)([A-Za-z_]+):(.*)");

	private static final ObjectMapper JSON = new ObjectMapper().disable(SerializationFeature.INDENT_OUTPUT);

	private final List<String> path = new ArrayList<>();

	private final Map<String, Object> values;

	private final StringBuilder rows = new StringBuilder();

	private String comment = "";

	private ValuesTable(Map<String, Object> values) {
		this.values = values;
	}

	/**
	 * The rows of the given <code>values.yaml</code>.
	 */
	static String of(String yaml) {
		ValuesTable table = new ValuesTable(Chart.yaml(yaml));
		yaml.lines().forEach(table::read);
		return "| value | default | |\n|---|---|---|\n" + table.rows;
	}

	private void read(String line) {
		Matcher key = KEY.matcher(line);
		if (line.strip().startsWith("# ")) {
			comment = (comment + " " + line.strip().substring(2)).strip();
		}
		else if (key.matches() && key.group(1).length() / 2 <= path.size()) {
			path.subList(key.group(1).length() / 2, path.size()).clear();
			path.add(key.group(2));
			row(key.group(3).isBlank());
			comment = "";
		}
	}

	private void row(boolean hasParts) {
		String name = String.join(".", path);
		Object value = Rendering.at(values, name);
		boolean group = hasParts && value instanceof Map<?, ?>;
		if (!group || !comment.isEmpty()) {
			rows.append("| `%s` | %s | %s |\n".formatted(name, group ? "" : "`" + json(value) + "`", comment));
		}
		// What is below a value that is a list is not a value of its own.
		if (hasParts && !group) {
			path.removeLast();
		}
	}

	private static String json(Object value) {
		try {
			return JSON.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
