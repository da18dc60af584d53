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
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.StoredResponse;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.web.LoadFailures;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Pages of cohorts: each cohort is read once, as far as asked, and every page is cut from
 * what was read.
 */
@Component
class RiskSource {

	/**
	 * Most blocks behind the head: far more than there are assets.
	 */
	private static final int MAX_BLOCKS = 20;

	/**
	 * Longest time between the loads of a head and of what follows it.
	 */
	private static final Duration MAX_SPREAD = Duration.ofSeconds(10);

	private final RiskCalls calls;

	private final ResponseCache cache;

	private final CachePolicy policy;

	// A later block is good for as long as its head is answered.
	private final CachePolicy tailPolicy;

	private final InstantSource clock;

	private final RiskPositions positions = new RiskPositions();

	RiskSource(UpstreamClient upstream, ResponseCache cache, RiskProperties properties, InstantSource clock) {
		this.calls = new RiskCalls(upstream, clock);
		this.cache = cache;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				upstream.deadline(), LoadFailures::of);
		this.tailPolicy = CachePolicy.fresh(longest(properties), upstream.deadline(), LoadFailures::of);
		this.clock = clock;
	}

	Mono<CacheResult> page(RiskQuery query, Lookup lookup) {
		Integer limit = query.limit();
		if (limit == null) {
			return cache.get(new RiskKey.Unlimited(query.segment(), query.offset()), policy, lookup,
					(previous) -> calls.unlimited(query.segment(), query.offset(), previous).map(Loaded::fetched));
		}
		Range range = new Range(query.segment(), query.offset(), limit);
		return cache.get(range.head(), policy, lookup, (previous) -> head(range, previous))
			.flatMap((head) -> cut(range, head, lookup).onErrorResume(ListChanged.class,
					(changed) -> (lookup == Lookup.LOAD) ? cutAnew(range, head.stored())
							: Mono.error(new CacheRefusal.NotCached())));
	}

	private Mono<Loaded> head(Range range, @Nullable CachedResponse previous) {
		return calls.block(range.segment(), 0, previous).map(this::loaded);
	}

	private Mono<CacheResult> cut(Range range, CacheResult result, Lookup lookup) {
		RiskBlock head = positions.block(result.response());
		return list(range, head, lookup)
			.map((list) -> result.with(head.response().withBody(list.page(range.offset(), range.limit()))));
	}

	// The old head stays until all that is asked of the new list was read.
	private Mono<CacheResult> cutAnew(Range range, StoredResponse outdated) {
		CachePolicy longer = policy.withDeadline(policy.deadline().multipliedBy(range.lastBlock() + 1L));
		return cache.renew(range.head(), longer, outdated, (previous) -> list(range, previous))
			.flatMap((head) -> cut(range, head, Lookup.LOAD))
			.onErrorMap(ListChanged.class, RiskSource::keepsChanging);
	}

	private Mono<Loaded> list(Range range, @Nullable CachedResponse previous) {
		return calls.block(range.segment(), 0, previous)
			.flatMap((head) -> list(range, head, Lookup.LOAD).thenReturn(loaded(head)))
			.onErrorMap(ListChanged.class, RiskSource::keepsChanging);
	}

	private Mono<RiskList> list(Range range, RiskBlock head, Lookup lookup) {
		if (range.lastBlock() == 0 || !head.isFull()) {
			return Mono.just(new RiskList(List.of(head)));
		}
		return Flux.range(1, range.lastBlock())
			.concatMap((number) -> tail(range.segment(), number, head, reach(head, lookup)), 0)
			.takeUntil((block) -> !block.isFull())
			.collectList()
			.map((tail) -> new RiskList(Stream.concat(Stream.of(head), tail.stream()).toList()));
	}

	private Mono<RiskBlock> tail(int segment, int number, RiskBlock head, Lookup lookup) {
		RiskKey key = new RiskKey.Tail(segment, number, head.response().identity().etag());
		return cache
			.get(key, tailPolicy, lookup,
					(previous) -> calls.block(segment, number, previous).map((block) -> requireBelonging(block, head)))
			.map((result) -> positions.block(result.response()))
			.onErrorMap(CacheRefusal.NotCached.class, (missing) -> new ListChanged())
			.onErrorMap(CacheRefusal.Backoff.class,
					(backoff) -> (backoff.failure() instanceof ListChanged changed) ? changed : backoff);
	}

	private Loaded requireBelonging(RiskBlock block, RiskBlock head) {
		if (!block.belongsTo(head)) {
			throw new ListChanged();
		}
		return loaded(block);
	}

	private Loaded loaded(RiskBlock block) {
		positions.put(block);
		return Loaded.fetched(block.response());
	}

	// What is loaded long after its head may be of another state of the data.
	private Lookup reach(RiskBlock head, Lookup lookup) {
		Instant latest = head.response().origin().fetchedAt().plus(MAX_SPREAD);
		return clock.instant().isAfter(latest) ? Lookup.ONLY_IF_CACHED : lookup;
	}

	private static Duration longest(RiskProperties properties) {
		return properties.ttl().plus(properties.staleWhileRevalidate()).plus(properties.staleIfError());
	}

	private static UpstreamException keepsChanging(ListChanged changed) {
		return new UpstreamException.Malformed("a list that keeps changing");
	}

	/**
	 * The items of a cohort that are asked for.
	 */
	private record Range(int segment, int offset, int limit) {

		RiskKey head() {
			return new RiskKey.Head(segment);
		}

		int lastBlock() {
			return Math.min((offset + limit - 1) / RiskBlock.SIZE, MAX_BLOCKS);
		}

	}

	/**
	 * A later block is not there any more, or not of the list that the head is of.
	 */
	@SuppressWarnings("serial")
	private static final class ListChanged extends RuntimeException {

		ListChanged() {
			super("the list changed", null, false, false);
		}

	}

}
