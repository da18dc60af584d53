package io.htgateway.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * What an endpoint answers when no test has replaced it.
 */
@FunctionalInterface
interface Answers {

	ResponseDefinitionBuilder to(Request request);

	/**
	 * These answers for callers with the key, and refusals for all else.
	 */
	default Answers withKey(String key) {
		String expected = "Bearer " + key;
		return (request) -> {
			if (!expected.equals(request.getHeader("Authorization"))) {
				return ApiResponses.unauthorized();
			}
			try {
				return to(request);
			}
			catch (BadParameterException ex) {
				return ApiResponses.badRequest(ex.fault());
			}
		};
	}

}
