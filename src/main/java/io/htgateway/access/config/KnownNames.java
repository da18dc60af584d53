package io.htgateway.access.config;

import java.util.List;

/**
 * Names to which teams may be restricted, as far as this gateway knows all of them.
 *
 * @param endpoints the endpoints
 * @param segments the cohorts
 */
public record KnownNames(EndpointNames endpoints, SegmentIds segments) {

	/**
	 * Requires that all names in the lists of the given teams exist.
	 * @throws IllegalArgumentException with a sentence on the first name that does not
	 */
	void check(List<TeamsProperties.Entry> teams) {
		endpoints.check(teams);
		segments.check(teams);
	}

}
