package io.htgateway.fills;

import java.time.InstantSource;

import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Loader.Loaded;
import io.htgateway.cache.Origin;
import io.htgateway.cache.ResponseCache;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.json.JsonAnswer;
import io.htgateway.web.LoadFailures;
import io.htgateway.web.RequestDirectives;
import io.htgateway.web.ResponseWriter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Raw liquidation fills, filtered and paged by the upstream.
 */
@RestController
class FillsController {

	private final UpstreamClient upstream;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final ResponseWriter responses;

	private final InstantSource clock;

	FillsController(UpstreamClient upstream, ResponseCache cache, FillsProperties properties, ResponseWriter responses,
			InstantSource clock) {
		this.upstream = upstream;
		this.cache = cache;
		this.policy = CachePolicy.fresh(properties.ttl(), upstream.deadline(), LoadFailures::of);
		this.responses = responses;
		this.clock = clock;
	}

	@FillsOperation
	@GetMapping(path = FillsQuery.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> fills(ServerWebExchange exchange) {
		FillsQuery query = FillsQuery.of(exchange.getRequest());
		return cache.get(query, policy, RequestDirectives.lookup(exchange), (previous) -> load(query))
			.flatMap((result) -> responses.write(exchange, result, CoinSpelling.headers(query.coin())));
	}

	private Mono<Loaded> load(FillsQuery query) {
		return upstream.fetchArray(query.toUpstream(), "fills")
			.map(JsonAnswer::content)
			.map((content) -> Loaded.fetched(CachedResponse.of(content.body(), content.contentType(),
					Origin.of(clock.instant(), content.age()))));
	}

}
