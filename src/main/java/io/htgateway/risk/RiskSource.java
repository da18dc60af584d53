package io.htgateway.risk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Loader.Loaded;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.Origin;
import io.htgateway.cache.ResponseCache;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamException;
import io.htgateway.upstream.UpstreamRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Pages of cohorts: each cohort is read once, as far as asked, and every page is cut from
 * what was read.
 */
@Component
class RiskSource {

	static final String PATH = "/api/external/{segmentId}/assets/liquidation-risk";

	private final UpstreamClient upstream;

	private final ResponseCache cache;

	private final CachePolicy policy;

	// A later block is good for as long as its head is answered.
	private final CachePolicy tailPolicy;

	private final InstantSource clock;

	// Beside the cache and not in it, so that what is cached stays plain bytes; an entry
	// goes with its response.
	private final LoadingCache<CachedResponse, RiskBlock> blocks = Caffeine.newBuilder()
		.weakKeys()
		.build(RiskBlock::of);

	RiskSource(UpstreamClient upstream, ResponseCache cache, RiskProperties properties, InstantSource clock) {
		this.upstream = upstream;
		this.cache = cache;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				upstream.deadline(), UpstreamException::isNotFound);
		this.tailPolicy = CachePolicy.fresh(longest(properties), upstream.deadline());
		this.clock = clock;
	}

	Mono<CacheResult> page(RiskQuery query, Lookup lookup) {
		Integer limit = query.limit();
		if (limit == null) {
			return cache.get(new RiskKey.Unlimited(query.segment(), query.offset()), policy, lookup,
					(previous) -> unlimited(query));
		}
		return page(query, limit, lookup).onErrorResume(ListChanged.class, (changed) -> page(query, limit, lookup))
			.onErrorMap(ListChanged.class, (changed) -> new UpstreamException.Malformed("a list in pieces"));
	}

	private Mono<CacheResult> page(RiskQuery query, int limit, Lookup lookup) {
		RiskKey key = new RiskKey.Head(query.segment());
		return cache.get(key, policy, lookup, (previous) -> block(query.segment(), 0))
			.flatMap((head) -> list(query.segment(), head.response(), query.offset() + limit, lookup)
				.doOnError(ListChanged.class, (changed) -> cache.discard(key, head.stored()))
				.map((list) -> cut(head, list.page(query.offset(), limit))));
	}

	private Mono<RiskList> list(int segment, CachedResponse response, int end, Lookup lookup) {
		RiskBlock head = blocks.get(response);
		int last = (end - 1) / RiskBlock.SIZE;
		if (last == 0 || !head.isFull()) {
			return Mono.just(new RiskList(List.of(head)));
		}
		return Flux.range(1, last)
			.concatMap((number) -> tail(segment, number, head, lookup), 0)
			.takeUntil((block) -> !block.isFull())
			.collectList()
			.map((tail) -> new RiskList(Stream.concat(Stream.of(head), tail.stream()).toList()));
	}

	private Mono<RiskBlock> tail(int segment, int number, RiskBlock head, Lookup lookup) {
		RiskKey key = new RiskKey.Tail(segment, number, head.response().identity().etag());
		return cache.get(key, tailPolicy, lookup, (previous) -> block(segment, number)).map((result) -> {
			RiskBlock block = blocks.get(result.response());
			if (!block.belongsTo(head)) {
				throw new ListChanged();
			}
			return block;
		});
	}

	private static Duration longest(RiskProperties properties) {
		return properties.ttl().plus(properties.staleWhileRevalidate()).plus(properties.staleIfError());
	}

	private static CacheResult cut(CacheResult head, byte[] page) {
		return head.with(head.response().withBody(page));
	}

	private Mono<Loaded> block(int segment, int number) {
		return load(request(segment).with("offset", number * RiskBlock.SIZE).with("limit", RiskBlock.SIZE));
	}

	private Mono<Loaded> unlimited(RiskQuery query) {
		UpstreamRequest request = request(query.segment());
		return load((query.offset() == 0) ? request : request.with("offset", query.offset()));
	}

	private static UpstreamRequest request(int segment) {
		return UpstreamRequest.of(PATH, "segmentId", Integer.toString(segment));
	}

	private Mono<Loaded> load(UpstreamRequest request) {
		return upstream.fetchArray(request, RiskBlock.ITEMS)
			.map((content) -> Loaded.fetched(CachedResponse.of(content.body(), content.contentType(),
					Origin.of(clock.instant(), content.age()))));
	}

	/**
	 * A later block shows that the list is not the one that the head is of.
	 */
	@SuppressWarnings("serial")
	private static final class ListChanged extends RuntimeException {

	}

}
