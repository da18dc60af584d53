package io.htgateway.risk;

import io.htgateway.endpoint.RequestParameters;
import org.jspecify.annotations.Nullable;

/**
 * A validated query for one page of a cohort's list.
 *
 * @param segment id of the cohort
 * @param offset number of items to skip, 0 to 1,000,000
 * @param limit maximum number of items, 1 to 500, or null for the upstream's own page
 * size
 */
record RiskQuery(int segment, int offset, @Nullable Integer limit) {

	private static final int MAX_OFFSET = 1_000_000;

	private static final int MAX_LIMIT = 500;

	/**
	 * Reads the query from the given parameters and records the invalid ones.
	 */
	static RiskQuery of(RequestParameters parameters, RiskProperties properties) {
		int segment = parameters.pathInteger("segmentId", properties::hasSegment,
				"must be the id of a cohort: " + String.join(", ", properties.segments()));
		Integer offset = parameters.integer("offset", 0, MAX_OFFSET);
		return new RiskQuery(segment, (offset != null) ? offset : 0, parameters.integer("limit", 1, MAX_LIMIT));
	}

}
