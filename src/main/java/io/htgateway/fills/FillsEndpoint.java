package io.htgateway.fills;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.access.Extent;
import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.failure.LoadFailures;
import io.htgateway.time.Dates;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.json.JsonResponse;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Endpoint of raw liquidation fills, which the upstream filters and pages.
 */
@Component
@Order(1)
class FillsEndpoint implements MirroredEndpoint<FillsQuery> {

	static final EndpointDocument DOCUMENT = EndpointDocument.read(FillsQuery.NAME);

	private final Endpoint description;

	private final UpstreamClient upstream;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final CachePolicy settledPolicy;

	private final Duration settledAfter;

	private final InstantSource clock;

	private final InstantSource dates;

	FillsEndpoint(FillsProperties properties, UpstreamClient upstream, ResponseCache cache, InstantSource clock,
			Dates dates) {
		this.description = properties.endpoint();
		this.upstream = upstream;
		this.cache = cache;
		this.policy = CachePolicy.fresh(properties.ttl(), upstream.deadline(), LoadFailures::of);
		this.settledPolicy = properties.settledTtl().isZero() ? policy
				: CachePolicy.fresh(properties.settledTtl(), upstream.deadline(), LoadFailures::of);
		this.settledAfter = properties.settledAfter();
		this.clock = clock;
		this.dates = dates.clock();
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
	public FillsQuery query(RequestParameters parameters) {
		return FillsQuery.of(parameters);
	}

	// The upstream compares coins case-sensitively. The coin is sent with each cursor
	// too.
	@Override
	public Scope scope(FillsQuery query) {
		String coin = query.coin();
		Extent coins = (coin != null) ? new Extent.Named(List.of(coin), false) : new Extent.All("coin");
		return new Scope(FillsQuery.NAME, coins, Extent.NONE);
	}

	@Override
	public Mono<CacheResult> get(FillsQuery query, Reach reach) {
		return cache.get(query, isSettled(query) ? settledPolicy : policy, reach, (previous) -> load(query));
	}

	// Fills of the recent past can still be added by the upstream.
	private boolean isSettled(FillsQuery query) {
		Instant end = query.rangeEnd();
		return end != null && end.isBefore(dates.instant().minus(settledAfter));
	}

	@Override
	public HttpHeaders headers(FillsQuery query) {
		return CoinSpelling.headers(query.coin());
	}

	private Mono<Loaded> load(FillsQuery query) {
		return upstream.fetchArray(query.toUpstream(), "fills")
			.map(JsonResponse::content)
			.map((content) -> Loaded.fetched(CachedResponse.of(content.body(), content.contentType(),
					Origin.of(clock.instant(), content.age()))));
	}

}
