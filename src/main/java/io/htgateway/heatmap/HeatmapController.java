package io.htgateway.heatmap;

import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.ResponseCache;
import io.htgateway.web.LoadFailures;
import io.htgateway.web.RequestDirectives;
import io.htgateway.web.ResponseWriter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Price bins of potential liquidations of one coin.
 */
@RestController
class HeatmapController {

	private final HeatmapExport export;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final ResponseWriter responses;

	HeatmapController(HeatmapExport export, ResponseCache cache, HeatmapProperties properties,
			ResponseWriter responses) {
		this.export = export;
		this.cache = cache;
		this.responses = responses;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				export.deadline(), LoadFailures::of);
	}

	@HeatmapOperation
	@GetMapping(path = HeatmapExport.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> heatmap(@PathVariable("coin") String symbol, ServerWebExchange exchange) {
		Coin coin = Coin.of(symbol, exchange.getRequest());
		return cache.get(coin, policy, RequestDirectives.lookup(exchange), (previous) -> export.load(coin, previous))
			.flatMap((result) -> responses.write(exchange, result));
	}

}
