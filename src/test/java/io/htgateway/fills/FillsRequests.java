package io.htgateway.fills;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.htgateway.endpoint.RequestParameters;
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
		return RequestParameters.read(MockServerHttpRequest.method(HttpMethod.GET, uri).build(), Map.of(),
				FillsEndpoint.DOCUMENT.queryParameters(), FillsQuery::of);
	}

	static List<ParameterError> refused(String parameters) {
		return RefusedParameters.by(() -> query(parameters));
	}

}
