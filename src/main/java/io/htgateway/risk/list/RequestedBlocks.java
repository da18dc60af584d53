package io.htgateway.risk.list;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
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

	/**
	 * Time after which marks are verified again, because the cache may evict them.
	 */
	private static final Duration VERIFIED = Duration.ofSeconds(30);

	private final ConcurrentMap<Integer, Answered> latest = new ConcurrentHashMap<>();

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final InstantSource clock;

	RequestedBlocks(ResponseCache cache, CachePolicy policy, InstantSource clock) {
		this.cache = cache;
		this.policy = policy;
		this.clock = clock;
	}

	/**
	 * Records that the list of the given head is answered here.
	 */
	void answered(int segment, CachedResponse head) {
		Answered now = new Answered(load(head), Instant.EPOCH, 0);
		latest.merge(segment, now, (known, next) -> next.load().equals(known.load()) ? known : next);
	}

	/**
	 * Marks the blocks up to the given one as requested. Never fails.
	 */
	Mono<Void> add(int segment, int last, RiskBlock head) {
		Instant now = clock.instant();
		Answered known = latest.get(segment);
		if (known != null && known.hasMarked(last, head.load(), now)) {
			return Mono.empty();
		}
		return Flux.range(1, last)
			.map((number) -> new RiskKey.Requested(segment, number, head.load()))
			.concatMap((key) -> contains(key).filter((marked) -> !marked)
				.flatMap((unmarked) -> cache.offer(key, policy, head.response().withBody(MARK), null)))
			.doOnComplete(() -> latest.computeIfPresent(segment,
					(number, answered) -> answered.marking(last, head.load(), now)))
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
		return cache.get(key, policy, Reach.ONLY_IF_CACHED, (previous) -> Mono.empty())
			.hasElement()
			.onErrorReturn(CacheRefusal.NotCached.class, false);
	}

	private static String load(CachedResponse head) {
		return String.valueOf(head.origin().load());
	}

	/**
	 * The latest list of a cohort that was answered here.
	 *
	 * @param markedAt when its blocks were last marked
	 * @param marked number of the last block that was marked then, or 0
	 */
	private record Answered(String load, Instant markedAt, int marked) {

		private boolean hasMarked(int last, String ofLoad, Instant now) {
			Duration age = Duration.between(markedAt, now);
			return load.equals(ofLoad) && marked >= last && !age.isNegative() && age.compareTo(VERIFIED) < 0;
		}

		private Answered marking(int last, String ofLoad, Instant now) {
			return load.equals(ofLoad) ? new Answered(load, now, last) : this;
		}

	}

}
