package io.htgateway.chart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a query of Prometheus asks for.
 *
 * @param series the series, by name and by what their labels must be
 * @param groups labels by which series are put together or matched
 */
record PromQl(Set<Series> series, Set<String> groups) {

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");

	private static final Pattern SERIES = Pattern
		.compile("(?<![\\w.\"])([a-zA-Z_]\\w*+)(?!\\s*+\\()\\s*+(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Set<String> WORDS = Set.of("and", "or", "unless");

	static PromQl of(String query) {
		String text = query.replaceAll("\\[[^]]*]", "").replaceAll("\\$\\w+(?= /)", "1");
		Set<String> groups = new TreeSet<>();
		GROUPING.matcher(text).results().forEach((group) -> groups.addAll(List.of(group.group(1).split(",\\s*", -1))));
		Set<Series> series = new LinkedHashSet<>();
		Matcher found = SERIES.matcher(GROUPING.matcher(text).replaceAll(""));
		while (found.find()) {
			if (!WORDS.contains(found.group(1))) {
				series.add(new Series(found.group(1), labels(found.group(2))));
			}
		}
		return new PromQl(Set.copyOf(series), Set.copyOf(groups));
	}

	private static Map<String, String> labels(@Nullable String matchers) {
		Map<String, String> labels = new TreeMap<>();
		LABEL.matcher((matchers != null) ? matchers : "")
			.results()
			.forEach((label) -> labels.put(label.group(1), label.group(2)));
		return labels;
	}

	/**
	 * Series of one name.
	 *
	 * @param name its name
	 * @param labels what is asked of its labels
	 */
	record Series(String name, Map<String, String> labels) {

	}

}
