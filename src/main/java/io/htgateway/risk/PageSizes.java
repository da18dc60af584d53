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
 * Learns the number of items in an upstream page without a limit: from one answer, for
 * all cohorts and all replicas, and again after a day, after a purge, or when the number
 * cannot be right. A smaller number than before must be confirmed by a second answer.
 */
final class PageSizes {

	private static final Duration CURRENT = Duration.ofDays(1);

	/**
	 * Time for which a size is still used when none can be learnt.
	 */
	private static final Duration KEPT = Duration.ofDays(30);

	/**
	 * Time in which the same cohort is not requested again.
	 */
	private static final Duration JUST_LEARNT = Duration.ofSeconds(10);

	private static final RiskKey ANY = new RiskKey.AnyPage();

	private final RiskCalls calls;

	private final RiskLists lists;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final CachePolicy justLearnt;

	PageSizes(RiskCalls calls, RiskLists lists, ResponseCache cache, Duration deadline) {
		this.calls = calls;
		this.lists = lists;
		this.cache = cache;
		this.policy = new CachePolicy(CURRENT, Duration.ZERO, KEPT.minus(CURRENT), deadline, LoadFailures::of);
		this.justLearnt = CachePolicy.fresh(JUST_LEARNT, deadline.multipliedBy(2), LoadFailures::of);
	}

	/**
	 * Returns the size that was learnt last, or nothing.
	 */
	Mono<CacheResult> last() {
		return cache.get(ANY, policy, Reach.ONLY_IF_CACHED, (previous) -> Mono.empty())
			.onErrorComplete(CacheRefusal.NotCached.class);
	}

	static boolean isCurrent(CacheResult size) {
		return size.age().compareTo(CURRENT) < 0 && size.ttl().isPositive();
	}

	/**
	 * Learns the size from the first page of the given cohort, which becomes the head of
	 * its list unless more of the list is known.
	 */
	Mono<CacheResult> learn(int segment) {
		return cache.get(new RiskKey.FirstPage(segment), justLearnt, Reach.LOAD, learning(segment, 0))
			.flatMap(this::remember);
	}

	/**
	 * Learns the size again, because the list turned out to have the given number of
	 * items.
	 */
	Mono<CacheResult> learnAgain(int segment, long known) {
		RiskKey key = new RiskKey.FirstPage(segment);
		Loader loader = learning(segment, known);
		return cache.get(key, justLearnt, Reach.ONLY_IF_CACHED, loader)
			.flatMap((before) -> cache.renew(key, justLearnt, before.stored(), loader))
			.onErrorResume(CacheRefusal.NotCached.class, (missing) -> cache.get(key, justLearnt, Reach.LOAD, loader))
			.flatMap(this::remember);
	}

	private Loader learning(int segment, long known) {
		return (previous) -> calls.firstPage(segment)
			.flatMap((page) -> confirmed(segment, page, PageSize.of(page, known)))
			.flatMap((page) -> learnt(segment, page, PageSize.of(page, known)));
	}

	private Mono<Loaded> learnt(int segment, RiskBlock page, PageSize size) {
		return lists.offer(segment, page).thenReturn(Loaded.fetched(page.response().withBody(size.bytes())));
	}

	// One answer that was cut short must not shorten the pages of all cohorts.
	private Mono<RiskBlock> confirmed(int segment, RiskBlock page, PageSize size) {
		return last().map((last) -> PageSize.of(last.response()))
			.filter(size::contradicts)
			.flatMap((last) -> calls.firstPage(segment).doOnNext((second) -> requireConfirmed(page, second, last)))
			.defaultIfEmpty(page);
	}

	private static void requireConfirmed(RiskBlock first, RiskBlock second, PageSize last) {
		if (second.size() != first.size() && second.size() < last.items()) {
			throw new UpstreamException.Malformed(
					"first pages of " + first.size() + " and " + second.size() + " items instead of " + last.items());
		}
	}

	// Done here too, because the load may have been another replica's.
	private Mono<CacheResult> remember(CacheResult size) {
		return last().map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.filter((before) -> before.isEmpty() || isLater(size, before.get()))
			.flatMap(
					(before) -> cache.offer(ANY, policy, size.response(), before.map(CacheResult::stored).orElse(null)))
			.thenReturn(size);
	}

	private static boolean isLater(CacheResult size, CacheResult other) {
		Origin source = size.response().origin();
		Origin before = other.response().origin();
		return !Objects.equals(source.load(), before.load()) && !source.fetchedAt().isBefore(before.fetchedAt());
	}

}
