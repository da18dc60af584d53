package io.htgateway.risk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.CacheOutcome;
import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CacheRefusal;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Loader.Loaded;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.ResponseCache;
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

	private final RiskCalls calls;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final RiskPositions positions;

	private final InstantSource clock;

	private final RequestedBlocks requested;

	RiskTails(RiskCalls calls, ResponseCache cache, CachePolicy policy, RiskPositions positions, InstantSource clock) {
		this.calls = calls;
		this.cache = cache;
		this.policy = policy;
		this.positions = positions;
		this.clock = clock;
		this.requested = new RequestedBlocks(cache, policy);
	}

	/**
	 * Returns the list of the given head, as far as the range needs it. Fails with
	 * {@link ListChanged} if a block cannot be had for this head.
	 */
	Mono<ReadList> list(RiskRange range, RiskBlock head, Lookup lookup) {
		if (!head.reaches(range.offset(), range.end())) {
			return Mono.error(new ListChanged());
		}
		int last = head.isFull() ? range.lastBlock(head) : 0;
		if (last == 0) {
			return Mono.just(new ReadList(new RiskList(List.of(head)), CacheOutcome.HIT));
		}
		return tail(range.segment(), last, head, lookup, null).collectList()
			.map((tail) -> ReadList.of(head, tail))
			.doOnNext((list) -> mark(range.segment(), last, head, lookup));
	}

	private void mark(int segment, int last, RiskBlock head, Lookup lookup) {
		if (lookup == Lookup.LOAD) {
			requested.add(segment, last, head).subscribe();
		}
	}

	/**
	 * Reads on after a new head, in background: what is requested now, and what was
	 * requested of the replaced list. Otherwise its next client would have to wait, or to
	 * have the whole list read again.
	 */
	void readOn(RiskRange range, RiskBlock head, CachedResponse replaced, ContextView context) {
		if (head.isFull()) {
			requested.last(range.segment(), String.valueOf(replaced.origin().load()))
				.map((last) -> Math.max(range.lastBlock(head), last))
				.flatMapMany((last) -> tail(range.segment(), head.last(last), head, Lookup.LOAD, replaced))
				.onErrorComplete()
				.contextWrite(context)
				.subscribe();
		}
	}

	private Flux<Tail> tail(int segment, int last, RiskBlock head, Lookup lookup, @Nullable CachedResponse replaced) {
		return Flux.range(1, last)
			.concatMap((number) -> tail(new RiskKey.Tail(segment, number, head.load()), head, lookup, replaced), 0)
			.takeUntil((tail) -> !tail.block().isFull());
	}

	private Mono<Tail> tail(RiskKey.Tail key, RiskBlock head, Lookup lookup, @Nullable CachedResponse replaced) {
		return cache
			.get(key, policy, reach(head, lookup),
					(previous) -> calls.block(key.segment(), key.number(), replaced)
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
	private Lookup reach(RiskBlock head, Lookup lookup) {
		Instant latest = head.response().origin().fetchedAt().plus(MAX_SPREAD);
		return clock.instant().isAfter(latest) ? Lookup.ONLY_IF_CACHED : lookup;
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
