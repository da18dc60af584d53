package io.htgateway.endpoint;

import io.htgateway.access.Scope;
import io.htgateway.access.Team;
import io.htgateway.web.RequestDirectives;
import io.htgateway.web.ResponseWriter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Handles the requests for one mirrored endpoint.
 *
 * @param <Q> type of a validated request
 */
final class EndpointHandler<Q> implements WebHandler {

	private final MirroredEndpoint<Q> endpoint;

	private final ResponseWriter responses;

	private final CaseVariants caseVariants;

	EndpointHandler(MirroredEndpoint<Q> endpoint, ResponseWriter responses, CaseVariants caseVariants) {
		this.endpoint = endpoint;
		this.responses = responses;
		this.caseVariants = caseVariants;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.deferContextual((context) -> {
			Team team = Team.of(context);
			team.requireUse(endpoint.description().name());
			caseVariants.reject(exchange.getRequest());
			Acceptance.requireAcceptable(exchange.getRequest(), endpoint.document().mediaTypes());
			Q query = RequestParameters.read(exchange, endpoint.document().queryParameters(), endpoint::query);
			Scope scope = endpoint.scope(query);
			team.requireRead(scope);
			return endpoint.get(query, RequestDirectives.reach(exchange))
				.flatMap((result) -> responses.write(exchange, result, scope, endpoint.headers(query)));
		});
	}

}
