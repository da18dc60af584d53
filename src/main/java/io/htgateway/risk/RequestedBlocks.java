package io.htgateway.risk;

import java.util.function.IntFunction;

import io.htgateway.cache.CachePolicy;
import io.htgateway.cache.CacheRefusal;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.ResponseCache;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The later blocks of each list that clients have requested at any replica, so that a
 * reload of the list reads the same blocks and no others. Marks are cache entries of one
 * load of a head and are not carried over to the next load.
 */
final class RequestedBlocks {

	private static final byte[] MARK = {};

	private final ResponseCache cache;

	private final CachePolicy policy;

	RequestedBlocks(ResponseCache cache, CachePolicy policy) {
		this.cache = cache;
		this.policy = policy;
	}

	/**
	 * Marks the blocks up to the given one as requested. Never fails.
	 */
	Mono<Void> add(int segment, int last, RiskBlock head) {
		return Flux.range(1, last)
			.map((number) -> new RiskKey.Requested(segment, number, head.load()))
			.concatMap((key) -> contains(key).filter((known) -> !known)
				.flatMap((unknown) -> cache.offer(key, policy, head.response().withBody(MARK), null)))
			.onErrorComplete()
			.then();
	}

	/**
	 * Returns the number of the last requested block of the given load, or 0.
	 */
	Mono<Integer> last(int segment, String load) {
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

}
