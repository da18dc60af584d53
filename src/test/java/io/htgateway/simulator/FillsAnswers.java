package io.htgateway.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * The endpoint of the raw fills.
 *
 * @param book the data
 * @param states the time
 */
record FillsAnswers(FillsBook book, StateClock states) implements Answers {

	@Override
	public ResponseDefinitionBuilder to(Request request) {
		FillsQuery query = FillsQuery.from(new Parameters(request), this.states.now());
		return ApiResponses.ok(query.page(this.book.oldestFirst()));
	}

}
