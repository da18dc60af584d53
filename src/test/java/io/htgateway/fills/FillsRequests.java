package io.htgateway.fills;

import java.net.URI;
import java.util.List;

import io.htgateway.web.RefusedParameters;
import io.htgateway.web.problem.ParameterError;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/**
 * Requests for fills with raw, percent-encoded parameters.
 */
final class FillsRequests {

	private FillsRequests() {
	}

	static FillsQuery query(String parameters) {
		URI uri = URI.create(FillsQuery.PATH + "?" + parameters);
		return FillsQuery.of(MockServerHttpRequest.method(HttpMethod.GET, uri).build());
	}

	static List<ParameterError> refused(String parameters) {
		return RefusedParameters.by(() -> query(parameters));
	}

}
