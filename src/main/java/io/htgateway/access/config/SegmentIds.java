package io.htgateway.access.config;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Ids of all cohorts, to which teams may be restricted.
 *
 * @param ids the ids
 * @param text the ids as they are configured, such as <code>1-16</code>
 */
public record SegmentIds(Set<Integer> ids, String text) {

	public SegmentIds {
		ids = Set.copyOf(ids);
	}

	/**
	 * Requires that all cohorts of the given teams exist.
	 * @throws IllegalArgumentException with a sentence that names the first one that does
	 * not
	 */
	void check(List<TeamsProperties.Entry> teams) {
		for (int index = 0; index < teams.size(); index++) {
			for (String range : Objects.requireNonNullElse(teams.get(index).segments(), List.<String>of())) {
				if (!SegmentRange.parse(range).allMatch(ids::contains)) {
					throw new IllegalArgumentException(
							"gateway.access.teams[%d].segments has %s, which is not within the cohorts of gateway.risk.segments: %s"
								.formatted(index, range, text));
				}
			}
		}
	}

}
