package io.htgateway.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * The endpoint of the cohorts' liquidation risk.
 *
 * @param book the data
 * @param states the time
 */
record RiskAnswers(RiskBook book, StateClock states) implements Answers {

	private static final Pattern SEGMENT = Pattern.compile("/api/external/([1-9]|1[0-6])/assets/.*");

	@Override
	public ResponseDefinitionBuilder to(Request request) {
		Matcher matcher = SEGMENT.matcher(request.getUrl());
		if (!matcher.matches()) {
			return ApiResponses.notFound("Segment not found");
		}
		Parameters parameters = new Parameters(request);
		int offset = parameters.integer("offset", 0, 0, Integer.MAX_VALUE);
		int limit = parameters.integer("limit", 100, 1, 500);
		int segment = Integer.parseInt(matcher.group(1));
		return ApiResponses.ok(this.book.page(this.states.state(), segment, offset, limit));
	}

}
