package io.htgateway.access.config;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Ids of cohorts in the configuration: a number, or a range such as <code>1-7</code>.
 */
final class SegmentRange {

	private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]?)(?:-([1-9][0-9]?))?");

	private SegmentRange() {
	}

	/**
	 * Returns the ids in the given text, or none if it is malformed or ends before it
	 * starts.
	 */
	static IntStream parse(String text) {
		Matcher range = SYNTAX.matcher(text);
		if (!range.matches()) {
			return IntStream.empty();
		}
		int first = Integer.parseInt(range.group(1));
		return IntStream.rangeClosed(first, (range.group(2) != null) ? Integer.parseInt(range.group(2)) : first);
	}

	/**
	 * Returns all ids in the given valid texts.
	 */
	static List<String> ids(Collection<String> texts) {
		return texts.stream()
			.flatMapToInt(SegmentRange::parse)
			.sorted()
			.distinct()
			.mapToObj(Integer::toString)
			.toList();
	}

}
