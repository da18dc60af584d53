package io.htgateway.risk;

import io.htgateway.web.RequestDirectives;
import io.htgateway.web.ResponseWriter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Share of open interest close to liquidation, per asset, for one cohort.
 */
@RestController
class RiskController {

	private final RiskSource source;

	private final RiskProperties properties;

	private final ResponseWriter responses;

	RiskController(RiskSource source, RiskProperties properties, ResponseWriter responses) {
		this.source = source;
		this.properties = properties;
		this.responses = responses;
	}

	@RiskOperation
	@GetMapping(path = RiskCalls.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> risk(@PathVariable String segmentId, ServerWebExchange exchange) {
		RiskQuery query = RiskQuery.of(segmentId, exchange.getRequest(), properties);
		return source.page(query, RequestDirectives.lookup(exchange))
			.flatMap((result) -> responses.write(exchange, result));
	}

}
