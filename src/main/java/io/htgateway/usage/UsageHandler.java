package io.htgateway.usage;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.htgateway.access.Team;
import io.htgateway.endpoint.Acceptance;
import io.htgateway.endpoint.RequestParameters;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a team's request for its own usage. Such requests do not count against the
 * request limit of the team; they have a limit of their own.
 */
final class UsageHandler implements WebHandler {

	static final String ROUTE = "/api/usage";

	private final Usages usages;

	private final ReportLimits limits;

	private final JsonMapper json;

	UsageHandler(Usages usages, InstantSource clock, JsonMapper json) {
		this.usages = usages;
		this.limits = new ReportLimits(clock);
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.deferContextual((context) -> {
			Team team = Team.of(context);
			limits.require(team);
			Acceptance.requireAcceptable(exchange.getRequest(), List.of(MediaType.APPLICATION_JSON));
			var _ = RequestParameters.read(exchange.getRequest(), Map.of(), Set.of(), (none) -> none);
			return usages.of(team).flatMap((report) -> write(exchange, report));
		});
	}

	private Mono<Void> write(ServerWebExchange exchange, UsageReport report) {
		byte[] body = json.writeValueAsBytes(report);
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setCacheControl("private, no-store");
		headers.setContentLength(body.length);
		return exchange.getResponse().writeWith(Mono.just(exchange.getResponse().bufferFactory().wrap(body)));
	}

}
