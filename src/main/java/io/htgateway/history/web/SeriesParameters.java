package io.htgateway.history.web;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import io.htgateway.access.Team;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.RecordedRequest;
import io.htgateway.history.store.Series;
import io.htgateway.web.problem.InvalidParametersException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Endpoint and key in the path of a request, and the team that sent it.
 */
record SeriesParameters(String endpoint, String key, Map<String, String> variables, Team team) {

	/**
	 * Reads them from the given request.
	 * @throws ResponseStatusException with 404 if the endpoint is not recorded
	 * @throws io.htgateway.access.TeamRefusal.EndpointNotAllowed if the team may not use
	 * the endpoint
	 */
	static SeriesParameters of(ServerWebExchange exchange, RecordedEndpoints recorded, Team team) {
		Map<String, String> variables = Objects
			.requireNonNull(exchange.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
		SeriesParameters path = new SeriesParameters(Objects.requireNonNull(variables.get("endpoint")),
				Objects.requireNonNull(variables.get("key")), variables, team);
		if (!recorded.names().contains(path.endpoint)) {
			throw unknown(recorded.names());
		}
		team.requireUse(path.endpoint);
		return path;
	}

	/**
	 * Returns the failure of requests for an endpoint that is not recorded.
	 * @param names names of the recorded endpoints
	 */
	static ResponseStatusException unknown(Collection<String> names) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND,
				"the history records no endpoint of this name; recorded: " + String.join(", ", names));
	}

	/**
	 * Returns the series, or null if the key is invalid. Adds the error to the given
	 * parameters.
	 * @throws io.htgateway.access.TeamRefusal if the team may not read the series
	 */
	@Nullable Series series(RecordedEndpoints recorded, RequestParameters parameters) {
		try {
			RecordedRequest request = recorded.find(endpoint, key).orElseThrow(() -> unknown(recorded.names()));
			team.requireRead(request.scope());
			return request.series();
		}
		catch (InvalidParametersException invalid) {
			invalid.errors().forEach((error) -> parameters.reject("key", error.message(), error.rejected()));
			return null;
		}
	}

}
