package io.htgateway.risk;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CacheRefusal;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.ResponseCache;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The later blocks of each list that clients have requested at any replica, so that a
 * reload of the list reads the same blocks and no others. Marks are cache entries of one
 * load of a head and are not carried over to the next load.
 */
final class RequestedBlocks {

	private static final byte[] MARK = {};

	private final ConcurrentMap<Integer, Answered> latest = new ConcurrentHashMap<>();

	private final ResponseCache cache;

	private final CachePolicy policy;

	RequestedBlocks(ResponseCache cache, CachePolicy policy) {
		this.cache = cache;
		this.policy = policy;
	}

	/**
	 * Records that the list of the given head is answered here.
	 */
	void answered(int segment, CachedResponse head) {
		Answered now = new Answered(load(head), head.origin().fetchedAt(), 0);
		latest.merge(segment, now, (known, next) -> next.follows(known) ? next : known);
	}

	/**
	 * Marks the blocks up to the given one as requested. Never fails.
	 */
	Mono<Void> add(int segment, int last, RiskBlock head) {
		Answered known = latest.get(segment);
		if (known != null && known.hasMarked(last, head.load())) {
			return Mono.empty();
		}
		return Flux.range(1, last)
			.map((number) -> new RiskKey.Requested(segment, number, head.load()))
			.concatMap((key) -> contains(key).filter((marked) -> !marked)
				.flatMap((unmarked) -> cache.offer(key, policy, head.response().withBody(MARK), null)))
			.doOnComplete(() -> latest.computeIfPresent(segment, (number, now) -> now.marking(last, head.load())))
			.onErrorComplete()
			.then();
	}

	/**
	 * Returns the number of the last requested block of the list before the one that is
	 * loaded, or 0.
	 * @param replaced the head of the list before; null if it can no longer be answered,
	 * so that the last one answered here is used
	 */
	Mono<Integer> lastOfListBefore(int segment, @Nullable CachedResponse replaced) {
		if (replaced != null) {
			return last(segment, load(replaced));
		}
		Answered known = latest.get(segment);
		return (known != null) ? last(segment, known.load()) : Mono.just(0);
	}

	private Mono<Integer> last(int segment, String load) {
		IntFunction<RiskKey> keys = (number) -> new RiskKey.Requested(segment, number, load);
		return Flux.range(1, RiskRange.MAX_BLOCKS)
			.concatMap((number) -> contains(keys.apply(number)), 0)
			.takeWhile((known) -> known)
			.count()
			.map(Long::intValue);
	}

	private Mono<Boolean> contains(RiskKey key) {
		return cache.get(key, policy, Lookup.ONLY_IF_CACHED, (previous) -> Mono.empty())
			.hasElement()
			.onErrorReturn(CacheRefusal.NotCached.class, false);
	}

	private static String load(CachedResponse head) {
		return String.valueOf(head.origin().load());
	}

	/**
	 * The latest list of a cohort that was answered here.
	 *
	 * @param marked number of its last block that is marked, or 0
	 */
	private record Answered(String load, Instant fetchedAt, int marked) {

		private boolean follows(Answered before) {
			return !load.equals(before.load) && !fetchedAt.isBefore(before.fetchedAt);
		}

		private boolean hasMarked(int last, String ofLoad) {
			return load.equals(ofLoad) && marked >= last;
		}

		private Answered marking(int last, String ofLoad) {
			return load.equals(ofLoad) ? new Answered(load, fetchedAt, Math.max(marked, last)) : this;
		}

	}

}
