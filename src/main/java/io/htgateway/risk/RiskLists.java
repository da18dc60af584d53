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
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.web.LoadFailures;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists of cohorts: each is read once, as far as requested, and every page is cut from
 * the blocks of one load.
 */
final class RiskLists {

	/**
	 * Longest time between the loads of a head and of the blocks after it.
	 */
	private static final Duration MAX_SPREAD = Duration.ofSeconds(10);

	private final RiskCalls calls;

	private final ResponseCache cache;

	private final CachePolicy policy;

	// A later block is usable for as long as its head is answered.
	private final CachePolicy tailPolicy;

	private final InstantSource clock;

	private final RiskPositions positions = new RiskPositions();

	private final RiskPages pages = new RiskPages();

	RiskLists(RiskCalls calls, ResponseCache cache, RiskProperties properties, Duration deadline, InstantSource clock) {
		this.calls = calls;
		this.cache = cache;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				deadline, LoadFailures::of);
		this.tailPolicy = CachePolicy.fresh(longest(properties), deadline, LoadFailures::of);
		this.clock = clock;
	}

	/**
	 * Returns the page of the given range. Fails with {@link ListIsLonger} if the range
	 * is too short for the list.
	 */
	Mono<CacheResult> page(RiskRange range, Lookup lookup) {
		return cache.get(range.head(), policy, lookup, (previous) -> head(range, previous))
			.flatMap((head) -> cut(range, head, lookup).onErrorResume(ListChanged.class,
					(changed) -> (lookup == Lookup.LOAD) ? cutAnew(range, head.stored())
							: Mono.error(new CacheRefusal.NotCached())));
	}

	/**
	 * Stores a first page as the head of its list, unless a fresh head is known. A page
	 * that does not show whether it is the whole list is not used.
	 */
	Mono<Void> offer(int segment, RiskBlock firstPage) {
		return (firstPage.total() == null) ? Mono.empty()
				: cache.offer(new RiskKey.Head(segment), policy, loaded(firstPage).response(), null);
	}

	private Mono<Loaded> head(RiskRange range, @Nullable CachedResponse previous) {
		return calls.block(range.segment(), 0, previous).map(this::loaded);
	}

	private Mono<CacheResult> cut(RiskRange range, CacheResult head, Lookup lookup) {
		CachedResponse known = range.least() ? null : pages.find(load(head), range);
		return (known != null) ? Mono.just(head.with(known))
				: positions.block(head.response())
					.flatMap((block) -> list(range, block, lookup))
					.flatMap((list) -> cut(range, list))
					.map(head::with);
	}

	private Mono<CachedResponse> cut(RiskRange range, RiskList list) {
		return (range.least() && list.total() > range.end()) ? Mono.error(new ListIsLonger(list.total()))
				: pages.page(list, range);
	}

	private static String load(CacheResult head) {
		return String.valueOf(head.response().origin().load());
	}

	// The old head stays until the requested part of the new list has been read.
	private Mono<CacheResult> cutAnew(RiskRange range, StoredResponse outdated) {
		CachePolicy longer = policy.withDeadline(policy.deadline().multipliedBy(range.lastBlock() + 1L));
		return cache.renew(range.head(), longer, outdated, (previous) -> anew(range, previous))
			.flatMap((head) -> cut(range, head, Lookup.LOAD))
			.onErrorMap(ListChanged.class, RiskLists::keepsChanging);
	}

	private Mono<Loaded> anew(RiskRange range, @Nullable CachedResponse previous) {
		return calls.block(range.segment(), 0, previous)
			.flatMap((head) -> list(range, head, Lookup.LOAD).thenReturn(loaded(head)))
			.onErrorMap(ListChanged.class, RiskLists::keepsChanging);
	}

	private Mono<RiskList> list(RiskRange range, RiskBlock head, Lookup lookup) {
		if (!head.reaches(range.offset(), range.end())) {
			return Mono.error(new ListChanged());
		}
		int last = range.lastBlock(head);
		if (last == 0 || !head.isFull()) {
			return Mono.just(new RiskList(List.of(head)));
		}
		return Flux.range(1, last)
			.concatMap((number) -> tail(range.segment(), number, head, reach(head, lookup)), 0)
			.takeUntil((block) -> !block.isFull())
			.collectList()
			.map((tail) -> new RiskList(Stream.concat(Stream.of(head), tail.stream()).toList()));
	}

	private Mono<RiskBlock> tail(int segment, int number, RiskBlock head, Lookup lookup) {
		RiskKey key = new RiskKey.Tail(segment, number, head.load());
		return cache
			.get(key, tailPolicy, lookup,
					(previous) -> calls.block(segment, number, previous).map((block) -> requireBelonging(block, head)))
			.flatMap((result) -> positions.block(result.response()))
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

	// A block loaded long after its head may show another state of the data.
	private Lookup reach(RiskBlock head, Lookup lookup) {
		Instant latest = head.response().origin().fetchedAt().plus(MAX_SPREAD);
		return clock.instant().isAfter(latest) ? Lookup.ONLY_IF_CACHED : lookup;
	}

	private static Duration longest(RiskProperties properties) {
		return properties.ttl().isZero() ? Duration.ZERO
				: properties.ttl().plus(properties.staleWhileRevalidate()).plus(properties.staleIfError());
	}

	static UpstreamException keepsChanging(RuntimeException changed) {
		return new UpstreamException.Malformed("a list that keeps changing");
	}

	/**
	 * A later block is missing, or belongs to another list than the head.
	 */
	@SuppressWarnings("serial")
	private static final class ListChanged extends RuntimeException {

		ListChanged() {
			super("the list changed", null, false, false);
		}

	}

	/**
	 * A list continues after a page that has to be as long as the upstream's own.
	 */
	@SuppressWarnings("serial")
	static final class ListIsLonger extends RuntimeException {

		private final long total;

		ListIsLonger(long total) {
			super("the list is longer", null, false, false);
			this.total = total;
		}

		/**
		 * Returns the least number of items of the list.
		 */
		long total() {
			return total;
		}

	}

}
