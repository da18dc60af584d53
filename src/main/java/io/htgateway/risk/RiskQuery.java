package io.htgateway.risk;

import java.util.Set;

import io.htgateway.web.RequestParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A validated query for a page of one cohort's list.
 *
 * @param segment id of the cohort
 * @param offset number of items to skip, 0 to 1,000,000
 * @param limit most items of the page, 1 to 500; null leaves it to the upstream
 */
record RiskQuery(int segment, int offset, @Nullable Integer limit) {

	private static final Set<String> PARAMETERS = Set.of("offset", "limit");

	private static final int MAX_OFFSET = 1_000_000;

	private static final int MAX_LIMIT = 500;

	/**
	 * The query of the given request, which is refused when any parameter is wrong.
	 */
	static RiskQuery of(String segmentId, ServerHttpRequest request, RiskProperties properties) {
		RequestParameters parameters = RequestParameters.of(request, PARAMETERS);
		int segment = parameters.pathInteger("segmentId", segmentId, properties::hasSegment,
				"must be the id of a cohort: " + String.join(", ", properties.segments()));
		Integer offset = parameters.integer("offset", 0, MAX_OFFSET);
		Integer limit = parameters.integer("limit", 1, MAX_LIMIT);
		parameters.check();
		return new RiskQuery(segment, (offset != null) ? offset : 0, limit);
	}

}
