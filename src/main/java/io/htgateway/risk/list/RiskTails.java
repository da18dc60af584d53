package io.htgateway.risk.list;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.CacheOutcome;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The blocks after the heads of lists. Each belongs to one load of its head.
 */
final class RiskTails {

	/**
	 * Longest time between the loads of a head and of the blocks after it.
	 */
	private static final Duration MAX_SPREAD = Duration.ofSeconds(10);

	/**
	 * Time for which marks outlive their list, so that the next load of the list finds
	 * them even if the list can no longer be answered then.
	 */
	private static final Duration REMEMBERED = Duration.ofMinutes(20);

	private final RiskCalls calls;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final RiskPositions positions;

	private final InstantSource clock;

	private final RequestedBlocks requested;

	private RiskTails(RiskCalls calls, ResponseCache cache, CachePolicy policy, RequestedBlocks requested,
			RiskPositions positions, InstantSource clock) {
		this.calls = calls;
		this.cache = cache;
		this.policy = policy;
		this.positions = positions;
		this.clock = clock;
		this.requested = requested;
	}

	/**
	 * Creates the blocks after heads of the given policy. Each is usable for as long as
	 * its head may be answered.
	 */
	static RiskTails of(RiskCalls calls, ResponseCache cache, CachePolicy heads, RiskPositions positions,
			InstantSource clock) {
		Duration longest = cache.longestUse(heads);
		Duration remembered = longest.isZero() ? longest : longest.plus(REMEMBERED);
		RequestedBlocks requested = new RequestedBlocks(cache,
				CachePolicy.fresh(remembered, heads.deadline(), heads.failures()), clock);
		return new RiskTails(calls, cache, CachePolicy.fresh(longest, heads.deadline(), heads.failures()), requested,
				positions, clock);
	}

	/**
	 * Returns the list of the given head, as far as the range needs it. Fails with
	 * {@link ListChanged} if a block cannot be had for this head.
	 */
	Mono<ReadList> list(RiskRange range, RiskBlock head, Reach lookup) {
		if (!head.reaches(range.offset(), range.end())) {
			return Mono.error(new ListChanged());
		}
		int last = last(range, head);
		if (last == 0) {
			return Mono.just(new ReadList(new RiskList(List.of(head)), CacheOutcome.HIT));
		}
		return tail(range.segment(), last, head, lookup, false).collectList()
			.map((tail) -> ReadList.of(head, tail))
			.doOnNext((list) -> mark(range, head, lookup));
	}

	private static int last(RiskRange range, RiskBlock head) {
		return head.isFull() ? range.lastBlock(head) : 0;
	}

	/**
	 * Marks the blocks that the given range needs as requested. A client that wants only
	 * cached responses must not cause later calls.
	 */
	void mark(RiskRange range, RiskBlock head, Reach lookup) {
		int last = last(range, head);
		if (lookup == Reach.LOAD && last > 0) {
			requested.add(range.segment(), last, head).subscribe();
		}
	}

	/**
	 * Records that the list of the given head is answered here.
	 */
	void answered(int segment, CachedResponse head) {
		requested.answered(segment, head);
	}

	/**
	 * Reads on after a new head, in background: the blocks that were requested of the
	 * list before, and those that are requested now if their client can be answered
	 * stale. Otherwise the next client would have to wait, or to have the whole list read
	 * again.
	 * @param replaced the head before, if it can still be answered
	 */
	void readOn(RiskRange range, RiskBlock head, @Nullable CachedResponse replaced, ContextView context) {
		if (head.isFull() && policy.ttl().isPositive()) {
			int now = (replaced != null) ? range.lastBlock(head) : 0;
			requested.lastOfListBefore(range.segment(), replaced)
				.map((last) -> Math.max(now, last))
				.flatMapMany((last) -> tail(range.segment(), head.last(last), head, Reach.LOAD, true))
				.onErrorComplete()
				.contextWrite(context)
				.subscribe();
		}
	}

	private Flux<Tail> tail(int segment, int last, RiskBlock head, Reach lookup, boolean refresh) {
		return Flux.range(1, last)
			.concatMap((number) -> tail(new RiskKey.Tail(segment, number, head.load()), head, lookup, refresh), 0)
			.takeUntil((tail) -> !tail.block().isFull());
	}

	private Mono<Tail> tail(RiskKey.Tail key, RiskBlock head, Reach lookup, boolean refresh) {
		return cache
			.get(key, policy, reach(head, lookup),
					(previous) -> calls.block(key.segment(), key.number(), refresh)
						.map((block) -> requireBelonging(block, head)))
			.flatMap((result) -> positions.block(result.response()).map((block) -> new Tail(block, result.outcome())))
			.onErrorMap(CacheRefusal.NotCached.class, (missing) -> new ListChanged())
			.onErrorMap(CacheRefusal.Backoff.class,
					(backoff) -> (backoff.failure() instanceof ListChanged changed) ? changed : backoff);
	}

	private Loaded requireBelonging(RiskBlock block, RiskBlock head) {
		if (!block.belongsTo(head)) {
			throw new ListChanged();
		}
		positions.put(block);
		return Loaded.fetched(block.response());
	}

	// A block loaded long after its head may show another state of the data.
	private Reach reach(RiskBlock head, Reach lookup) {
		Instant latest = head.response().origin().fetchedAt().plus(MAX_SPREAD);
		return clock.instant().isAfter(latest) ? Reach.ONLY_IF_CACHED : lookup;
	}

	/**
	 * A later block.
	 *
	 * @param outcome how the cache came by it
	 */
	private record Tail(RiskBlock block, CacheOutcome outcome) {
	}

	/**
	 * A list.
	 *
	 * @param outcome how the cache came by the blocks after the head
	 */
	record ReadList(RiskList list, CacheOutcome outcome) {

		private static ReadList of(RiskBlock head, List<Tail> tail) {
			Stream<RiskBlock> blocks = Stream.concat(Stream.of(head), tail.stream().map(Tail::block));
			return new ReadList(new RiskList(blocks.toList()),
					tail.stream().map(Tail::outcome).reduce(CacheOutcome.HIT, CacheOutcome::and));
		}

	}

}
