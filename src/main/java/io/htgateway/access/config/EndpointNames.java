package io.htgateway.access.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Names of all endpoints, to which teams may be restricted.
 *
 * @param names the names, in alphabetical order
 */
public record EndpointNames(SortedSet<String> names) {

	private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(3);

	/**
	 * Names that cannot be a misplaced token, so that messages may show them.
	 */
	private static final Pattern SHOWABLE = Pattern
		.compile("[a-zA-Z]{1,20}[0-9]{0,3}([ _/.-][a-zA-Z]{1,20}[0-9]{0,3}){0,5}");

	public EndpointNames {
		names = new TreeSet<>(names);
	}

	/**
	 * Requires that all endpoints of the given teams exist.
	 * @throws IllegalArgumentException with a sentence that names the first one that does
	 * not
	 */
	void check(List<TeamsProperties.Entry> teams) {
		for (int index = 0; index < teams.size(); index++) {
			for (String name : Objects.requireNonNullElse(teams.get(index).endpoints(), List.<String>of())) {
				if (!names.contains(name)) {
					throw new IllegalArgumentException("gateway.access.teams[%d].endpoints has %s; %s".formatted(index,
							isShowable(name) ? name + ", which is not an endpoint"
									: "a name that is not shown, since it may be a secret",
							nearest(name).map((right) -> "did you mean " + right + "?")
								.orElse("the endpoints are " + String.join(", ", names))));
				}
			}
		}
	}

	/**
	 * Returns whether messages may show the given name.
	 */
	static boolean isShowable(String name) {
		return SHOWABLE.matcher(name).matches();
	}

	private Optional<String> nearest(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return names.stream()
			.filter((known) -> distance(lower, known) >= 0)
			.min(Comparator.comparingInt((known) -> distance(lower, known)));
	}

	// Any two short names are similar, so less than half of the known name may differ.
	private static int distance(String name, String known) {
		int distance = DISTANCE.apply(name, known);
		return (distance * 2 < known.length()) ? distance : -1;
	}

}
