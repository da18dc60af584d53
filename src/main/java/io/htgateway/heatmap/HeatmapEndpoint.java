package io.htgateway.heatmap;

import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.ResponseCache;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.traffic.Endpoint;
import io.htgateway.web.LoadFailures;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Price bins of potential liquidations of one coin.
 */
@Component
@Order(3)
class HeatmapEndpoint implements MirroredEndpoint<Coin> {

	static final EndpointDocument DOCUMENT = EndpointDocument.read(HeatmapExport.NAME);

	private final Endpoint description;

	private final HeatmapExport export;

	private final ResponseCache cache;

	private final CachePolicy policy;

	HeatmapEndpoint(HeatmapProperties properties, HeatmapExport export, ResponseCache cache) {
		this.description = properties.endpoint();
		this.export = export;
		this.cache = cache;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				export.deadline(), LoadFailures::of);
	}

	@Override
	public Endpoint description() {
		return description;
	}

	@Override
	public EndpointDocument document() {
		return DOCUMENT;
	}

	@Override
	public Coin query(RequestParameters parameters) {
		return Coin.of(parameters.pathCoin("coin"));
	}

	@Override
	public Mono<CacheResult> get(Coin coin, Lookup lookup) {
		return cache.get(coin, policy, lookup, (previous) -> export.load(coin, previous));
	}

}
