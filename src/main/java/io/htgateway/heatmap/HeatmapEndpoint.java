package io.htgateway.heatmap;

import java.util.List;

import io.htgateway.access.Extent;
import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.failure.LoadFailures;
import io.htgateway.file.FileFormat;
import io.htgateway.file.FileLoader;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.UpstreamRequest;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Endpoint of the potential liquidations of one coin by price.
 */
@Component
@Order(3)
class HeatmapEndpoint implements MirroredEndpoint<Coin> {

	static final String NAME = "heatmap";

	static final String PATH = "/api/external/exports/coins/{coin}/liquidation-heatmap";

	static final EndpointDocument DOCUMENT = EndpointDocument.read(NAME);

	private static final FileFormat FORMAT = FileFormat.json(NAME);

	private final Endpoint description;

	private final FileLoader files;

	private final ResponseCache cache;

	private final CachePolicy policy;

	HeatmapEndpoint(HeatmapProperties properties, FileLoader files, ResponseCache cache) {
		this.description = properties.endpoint();
		this.files = files;
		this.cache = cache;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				files.deadline(), LoadFailures::of);
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

	// The coin is accepted in any case.
	@Override
	public Scope scope(Coin coin) {
		return new Scope(NAME, new Extent.Named(List.of(coin.symbol()), true), Extent.NONE);
	}

	@Override
	public boolean isRecordable() {
		return true;
	}

	@Override
	public String series(Coin coin) {
		return coin.series();
	}

	@Override
	public Mono<CacheResult> get(Coin coin, Reach reach) {
		return cache.get(coin, policy, reach,
				(previous) -> files.load(UpstreamRequest.of(PATH, "coin", coin.symbol()), FORMAT, previous));
	}

}
