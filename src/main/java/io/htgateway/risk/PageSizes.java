package io.htgateway.risk;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.Origin;
import io.htgateway.failure.LoadFailures;
import io.htgateway.risk.list.RiskBlock;
import io.htgateway.risk.list.RiskCalls;
import io.htgateway.risk.list.RiskKey;
import io.htgateway.risk.list.RiskLists;
import io.htgateway.upstream.response.UpstreamException;
import reactor.core.publisher.Mono;

/**
 * Learns the number of items on an upstream page without a limit. One upstream response
 * is enough for all cohorts and all replicas. The number is learned again after a day,
 * after a purge, and when a list shows that it is wrong. A smaller number than before
 * must be confirmed by a second response.
 */
final class PageSizes {

	/**
	 * Time after which the size is learned again.
	 */
	private static final Duration LIFETIME = Duration.ofDays(1);

	/**
	 * Time for which a size is still used if a newer one cannot be learned.
	 */
	private static final Duration MAX_AGE = Duration.ofDays(30);

	/**
	 * Time in which the first page of the same cohort is not requested again.
	 */
	private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

	private static final RiskKey ANY = new RiskKey.AnyPage();

	private final RiskCalls calls;

	private final RiskLists lists;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final CachePolicy recentlyLearned;

	PageSizes(RiskCalls calls, RiskLists lists, ResponseCache cache, Duration deadline) {
		this.calls = calls;
		this.lists = lists;
		this.cache = cache;
		this.policy = new CachePolicy(LIFETIME, Duration.ZERO, MAX_AGE.minus(LIFETIME), deadline, LoadFailures::of);
		this.recentlyLearned = CachePolicy.fresh(MIN_INTERVAL, deadline.multipliedBy(2), LoadFailures::of);
	}

	/**
	 * Returns the stored size, even if it is outdated, or nothing.
	 */
	Mono<CacheResult> stored() {
		return cache.get(ANY, policy, Reach.ONLY_IF_CACHED, (previous) -> Mono.empty())
			.onErrorComplete(CacheRefusal.NotCached.class);
	}

	/**
	 * Returns whether the given size was learned within its lifetime and not purged.
	 */
	static boolean isCurrent(CacheResult size) {
		return size.age().compareTo(LIFETIME) < 0 && size.ttl().isPositive();
	}

	/**
	 * Learns the size from the first page of the given cohort. That page becomes the head
	 * of the cohort's list, unless a fresh head is stored.
	 */
	Mono<CacheResult> learn(int segment) {
		return cache.get(new RiskKey.FirstPage(segment), recentlyLearned, Reach.LOAD, loader(segment, 0))
			.flatMap(this::storeForAll);
	}

	/**
	 * Learns the size again, because the list has more items than the size allows.
	 * @param known lower bound of the number of items in the list
	 */
	Mono<CacheResult> learnAgain(int segment, long known) {
		RiskKey key = new RiskKey.FirstPage(segment);
		Loader loader = loader(segment, known);
		return cache.get(key, recentlyLearned, Reach.ONLY_IF_CACHED, loader)
			.flatMap((previous) -> cache.renew(key, recentlyLearned, previous.stored(), loader))
			.onErrorResume(CacheRefusal.NotCached.class,
					(missing) -> cache.get(key, recentlyLearned, Reach.LOAD, loader))
			.flatMap(this::storeForAll);
	}

	private Loader loader(int segment, long known) {
		return (previous) -> calls.firstPage(segment)
			.flatMap((page) -> confirmed(segment, page, PageSize.of(page, known)))
			.flatMap((page) -> offerHead(segment, page, PageSize.of(page, known)));
	}

	private Mono<Loaded> offerHead(int segment, RiskBlock page, PageSize size) {
		return lists.offer(segment, page).thenReturn(Loaded.fetched(page.response().withBody(size.bytes())));
	}

	// A single truncated response must not shorten the pages of all cohorts.
	private Mono<RiskBlock> confirmed(int segment, RiskBlock page, PageSize size) {
		return stored().map((before) -> PageSize.of(before.response()))
			.filter(size::contradicts)
			.flatMap((before) -> calls.firstPage(segment).doOnNext((second) -> requireConfirmed(page, second, before)))
			.defaultIfEmpty(page);
	}

	private static void requireConfirmed(RiskBlock first, RiskBlock second, PageSize before) {
		if (second.size() != first.size() && second.size() < before.items()) {
			throw new UpstreamException.Malformed("first pages with " + first.size() + " and " + second.size()
					+ " items, expected " + before.items());
		}
	}

	// The load may have run in another replica, so the size is stored here as well.
	private Mono<CacheResult> storeForAll(CacheResult size) {
		return stored().map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.filter((before) -> before.isEmpty() || isLater(size, before.get()))
			.flatMap(
					(before) -> cache.offer(ANY, policy, size.response(), before.map(CacheResult::stored).orElse(null)))
			.thenReturn(size);
	}

	private static boolean isLater(CacheResult size, CacheResult other) {
		Origin origin = size.response().origin();
		Origin before = other.response().origin();
		return !Objects.equals(origin.load(), before.load()) && !origin.fetchedAt().isBefore(before.fetchedAt());
	}

}
