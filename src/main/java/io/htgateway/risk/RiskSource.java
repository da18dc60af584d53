package io.htgateway.risk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CacheRefusal;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Loader.Loaded;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.Origin;
import io.htgateway.cache.ResponseCache;
import io.htgateway.upstream.JsonAnswer;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamException;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.UpstreamResponse;
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

	private static final String TOTAL = "totalCount";

	/**
	 * Most blocks behind the head: far more than there are assets.
	 */
	private static final int MAX_BLOCKS = 20;

	/**
	 * Longest time between the loads of a head and of what follows it.
	 */
	private static final Duration MAX_SPREAD = Duration.ofSeconds(10);

	private final UpstreamClient upstream;

	private final ResponseCache cache;

	private final CachePolicy policy;

	// A later block is good for as long as its head is answered.
	private final CachePolicy tailPolicy;

	private final InstantSource clock;

	private final RiskPositions positions = new RiskPositions();

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
		Mono<CacheResult> page = page(query, limit, lookup);
		if (lookup == Lookup.ONLY_IF_CACHED) {
			return page.onErrorMap(ListChanged.class, (changed) -> new CacheRefusal.NotCached());
		}
		return page.onErrorResume(ListChanged.class, (changed) -> page)
			.onErrorMap(ListChanged.class, (changed) -> new UpstreamException.Malformed("a list that keeps changing"));
	}

	private Mono<CacheResult> page(RiskQuery query, int limit, Lookup lookup) {
		RiskKey key = new RiskKey.Head(query.segment());
		return cache.get(key, policy, lookup, (previous) -> block(query.segment(), 0))
			.flatMap((head) -> list(query.segment(), head.response(), query.offset() + limit, lookup)
				.doOnError((failure) -> isOutdated(failure, lookup), (changed) -> cache.discard(key, head.stored()))
				.map((list) -> cut(head, list.page(query.offset(), limit))));
	}

	// A request that loads nothing must not take from others what is cached.
	private static boolean isOutdated(Throwable failure, Lookup lookup) {
		return failure instanceof ListChanged && lookup == Lookup.LOAD;
	}

	private Mono<RiskList> list(int segment, CachedResponse response, int end, Lookup lookup) {
		RiskBlock head = positions.block(response);
		int last = Math.min((end - 1) / RiskBlock.SIZE, MAX_BLOCKS);
		if (last == 0 || !head.isFull()) {
			return Mono.just(new RiskList(List.of(head)));
		}
		return Flux.range(1, last)
			.concatMap((number) -> tail(segment, number, head, reach(response, lookup)), 0)
			.takeUntil((block) -> !block.isFull())
			.collectList()
			.map((tail) -> new RiskList(Stream.concat(Stream.of(head), tail.stream()).toList()));
	}

	private Mono<RiskBlock> tail(int segment, int number, RiskBlock head, Lookup lookup) {
		RiskKey key = new RiskKey.Tail(segment, number, head.response().identity().etag());
		return cache.get(key, tailPolicy, lookup, (previous) -> block(segment, number)).map((result) -> {
			RiskBlock block = positions.block(result.response());
			if (!block.belongsTo(head)) {
				throw new ListChanged();
			}
			return block;
		}).onErrorMap(CacheRefusal.NotCached.class, (missing) -> new ListChanged());
	}

	// What is loaded long after its head may be of another state of the data.
	private Lookup reach(CachedResponse head, Lookup lookup) {
		Instant latest = head.origin().fetchedAt().plus(MAX_SPREAD);
		return clock.instant().isAfter(latest) ? Lookup.ONLY_IF_CACHED : lookup;
	}

	private static Duration longest(RiskProperties properties) {
		return properties.ttl().plus(properties.staleWhileRevalidate()).plus(properties.staleIfError());
	}

	private static CacheResult cut(CacheResult head, byte[] page) {
		return head.with(head.response().withBody(page));
	}

	private Mono<Loaded> block(int segment, int number) {
		int offset = number * RiskBlock.SIZE;
		UpstreamRequest request = request(segment).with("offset", offset).with("limit", RiskBlock.SIZE);
		return upstream.fetchArray(request, RiskBlock.ITEMS).map((answer) -> loaded(requireComplete(answer, offset)));
	}

	private Mono<Loaded> unlimited(RiskQuery query) {
		UpstreamRequest request = request(query.segment());
		UpstreamRequest page = (query.offset() == 0) ? request : request.with("offset", query.offset());
		return upstream.fetchArray(page, RiskBlock.ITEMS).map(this::loaded);
	}

	private static UpstreamRequest request(int segment) {
		return UpstreamRequest.of(PATH, "segmentId", Integer.toString(segment));
	}

	private Loaded loaded(JsonAnswer answer) {
		UpstreamResponse.Content content = answer.content();
		return Loaded.fetched(
				CachedResponse.of(content.body(), content.contentType(), Origin.of(clock.instant(), content.age())));
	}

	// An upstream that gives fewer items than it was asked for must not end the list.
	private static JsonAnswer requireComplete(JsonAnswer answer, int offset) {
		int given = answer.envelope().array(RiskBlock.ITEMS).size();
		Long total = answer.envelope().integers().get(TOTAL);
		long expected = (total != null) ? Math.clamp(total - offset, 0, RiskBlock.SIZE) : given;
		if (given != expected) {
			throw new UpstreamException.Malformed("a block of " + given + " items in place of " + expected);
		}
		return answer;
	}

	/**
	 * A later block shows that the list is not the one that the head is of.
	 */
	@SuppressWarnings("serial")
	private static final class ListChanged extends RuntimeException {

		ListChanged() {
			super("the list changed", null, false, false);
		}

	}

}
