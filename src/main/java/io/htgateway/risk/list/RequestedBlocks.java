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
 * Marks of the blocks after the head that clients have requested from any replica, so
 * that a reload of the list loads these blocks and no others. Marks are cache entries.
 * They belong to one load of a head and are not copied to the next one.
 */
final class RequestedBlocks {

	private static final byte[] MARK = {};

	/**
	 * Time after which marks are looked up again, because the cache may evict them.
	 */
	private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

	private final ConcurrentMap<Integer, ServedList> latest = new ConcurrentHashMap<>();

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final InstantSource clock;

	RequestedBlocks(ResponseCache cache, CachePolicy policy, InstantSource clock) {
		this.cache = cache;
		this.policy = policy;
		this.clock = clock;
	}

	/**
	 * Records that this replica serves the list of the given head.
	 */
	void served(int segment, CachedResponse head) {
		ServedList current = new ServedList(load(head), Instant.EPOCH, 0);
		latest.merge(segment, current, (known, next) -> next.load().equals(known.load()) ? known : next);
	}

	/**
	 * Marks the blocks up to the given one as requested. Never fails.
	 * @param last number of the last requested block
	 */
	Mono<Void> add(int segment, int last, RiskBlock head) {
		Instant now = clock.instant();
		ServedList known = latest.get(segment);
		if (known != null && known.hasMarked(last, head.load(), now)) {
			return Mono.empty();
		}
		return Flux.range(1, last)
			.map((number) -> new RiskKey.Requested(segment, number, head.load()))
			.concatMap((key) -> contains(key).filter((marked) -> !marked)
				.flatMap((unmarked) -> cache.offer(key, policy, head.response().withBody(MARK), null)))
			.doOnComplete(() -> latest.computeIfPresent(segment,
					(number, served) -> served.withMarks(last, head.load(), now)))
			.onErrorComplete()
			.then();
	}

	/**
	 * Returns the number of the last requested block of the previous list, or 0.
	 * @param replaced the head of the previous list, or null if it is no longer usable;
	 * then the list that this replica served last counts
	 */
	Mono<Integer> lastOfPreviousList(int segment, @Nullable CachedResponse replaced) {
		if (replaced != null) {
			return last(segment, load(replaced));
		}
		ServedList known = latest.get(segment);
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
	 * The list of a cohort that this replica served last.
	 *
	 * @param load id of the load of its head
	 * @param markedAt time at which its blocks were last marked
	 * @param marked number of the last block that was marked then, or 0
	 */
	private record ServedList(String load, Instant markedAt, int marked) {

		private boolean hasMarked(int last, String ofLoad, Instant now) {
			Duration age = Duration.between(markedAt, now);
			return load.equals(ofLoad) && marked >= last && !age.isNegative() && age.compareTo(RECHECK_INTERVAL) < 0;
		}

		private ServedList withMarks(int last, String ofLoad, Instant now) {
			return load.equals(ofLoad) ? new ServedList(load, now, last) : this;
		}

	}

}
