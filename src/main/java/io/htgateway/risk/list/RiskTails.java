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
 * Loads and caches the blocks after the heads of lists. Each block belongs to one load of
 * its head.
 */
final class RiskTails {

	/**
	 * Maximum time between the load of a head and the loads of the blocks after it.
	 */
	private static final Duration MAX_SPREAD = Duration.ofSeconds(10);

	/**
	 * Time for which the marks of requested blocks outlive their list, so that the next
	 * load of the list finds them even if the list is no longer usable.
	 */
	private static final Duration MARK_EXTENSION = Duration.ofMinutes(20);

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
	 * Creates tails whose blocks are usable as long as their head.
	 * @param heads cache policy of heads
	 */
	static RiskTails of(RiskCalls calls, ResponseCache cache, CachePolicy heads, RiskPositions positions,
			InstantSource clock) {
		Duration longest = cache.longestUse(heads);
		Duration marks = longest.isZero() ? longest : longest.plus(MARK_EXTENSION);
		RequestedBlocks requested = new RequestedBlocks(cache,
				CachePolicy.fresh(marks, heads.deadline(), heads.failures()), clock);
		return new RiskTails(calls, cache, CachePolicy.fresh(longest, heads.deadline(), heads.failures()), requested,
				positions, clock);
	}

	/**
	 * Returns the list of the given head, up to the last block that the range needs.
	 * Fails with {@link ListChanged} if a block does not belong to this head or cannot be
	 * loaded for it any more.
	 */
	Mono<AssembledList> list(RiskRange range, RiskBlock head, Reach reach) {
		if (!head.reaches(range.offset(), range.end())) {
			return Mono.error(new ListChanged());
		}
		int last = last(range, head);
		if (last == 0) {
			return Mono.just(new AssembledList(new RiskList(List.of(head)), CacheOutcome.HIT));
		}
		return tail(range.segment(), last, head, reach, false).collectList()
			.map((tail) -> AssembledList.of(head, tail))
			.doOnNext((list) -> mark(range, head, reach));
	}

	private static int last(RiskRange range, RiskBlock head) {
		return head.isFull() ? range.lastBlock(head) : 0;
	}

	/**
	 * Marks the blocks that the given range needs as requested, unless the client accepts
	 * only stored responses: its request must not cause calls later.
	 */
	void mark(RiskRange range, RiskBlock head, Reach reach) {
		int last = last(range, head);
		if (reach == Reach.LOAD && last > 0) {
			requested.add(range.segment(), last, head).subscribe();
		}
	}

	/**
	 * Records that this replica serves the list of the given head.
	 */
	void served(int segment, CachedResponse head) {
		requested.served(segment, head);
	}

	/**
	 * Loads the blocks after a new head in the background: those that were requested of
	 * the previous list and, while the previous list is still served, those that the
	 * current request needs. Without this the next client would have to wait for them, or
	 * cause a reload of the whole list.
	 * @param range the range of the current request
	 * @param replaced the previous head, or null if it is no longer usable
	 * @param context context of the current request
	 */
	void loadInBackground(RiskRange range, RiskBlock head, @Nullable CachedResponse replaced, ContextView context) {
		if (head.isFull() && policy.ttl().isPositive()) {
			int current = (replaced != null) ? range.lastBlock(head) : 0;
			requested.lastOfPreviousList(range.segment(), replaced)
				.map((last) -> Math.max(current, last))
				.flatMapMany((last) -> tail(range.segment(), head.last(last), head, Reach.LOAD, true))
				.onErrorComplete()
				.contextWrite(context)
				.subscribe();
		}
	}

	private Flux<Tail> tail(int segment, int last, RiskBlock head, Reach reach, boolean refresh) {
		return Flux.range(1, last)
			.concatMap((number) -> tail(new RiskKey.Tail(segment, number, head.load()), head, reach, refresh), 0)
			.takeUntil((tail) -> !tail.block().isFull());
	}

	private Mono<Tail> tail(RiskKey.Tail key, RiskBlock head, Reach reach, boolean refresh) {
		return cache
			.get(key, policy, limited(reach, head),
					(previous) -> calls.block(key.segment(), key.number(), refresh)
						.map((block) -> requireSameList(block, head)))
			.flatMap((result) -> positions.block(result.response()).map((block) -> new Tail(block, result.outcome())))
			.onErrorMap(CacheRefusal.NotCached.class, (missing) -> new ListChanged())
			.onErrorMap(CacheRefusal.Backoff.class,
					(backoff) -> (backoff.failure() instanceof ListChanged changed) ? changed : backoff);
	}

	private Loaded requireSameList(RiskBlock block, RiskBlock head) {
		if (!block.belongsTo(head)) {
			throw new ListChanged();
		}
		positions.put(block);
		return Loaded.fetched(block.response());
	}

	// A block loaded long after its head may show a later state of the data.
	private Reach limited(Reach reach, RiskBlock head) {
		Instant latest = head.response().origin().fetchedAt().plus(MAX_SPREAD);
		return clock.instant().isAfter(latest) ? Reach.ONLY_IF_CACHED : reach;
	}

	/**
	 * A block after the head.
	 *
	 * @param outcome how the cache answered for it
	 */
	private record Tail(RiskBlock block, CacheOutcome outcome) {
	}

	/**
	 * A list with the blocks that a range needs.
	 *
	 * @param outcome how the cache answered for the blocks after the head
	 */
	record AssembledList(RiskList list, CacheOutcome outcome) {

		private static AssembledList of(RiskBlock head, List<Tail> tail) {
			Stream<RiskBlock> blocks = Stream.concat(Stream.of(head), tail.stream().map(Tail::block));
			return new AssembledList(new RiskList(blocks.toList()),
					tail.stream().map(Tail::outcome).reduce(CacheOutcome.HIT, CacheOutcome::and));
		}

	}

}
