package io.htgateway.risk;

import java.time.InstantSource;
import java.util.function.Function;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.failure.LoadFailures;
import io.htgateway.risk.list.RiskCalls;
import io.htgateway.risk.list.RiskLists;
import io.htgateway.risk.list.RiskLists.ListIsLonger;
import io.htgateway.risk.list.RiskRange;
import io.htgateway.upstream.UpstreamClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Source of pages of cohorts. A page without a limit has as many items as the upstream's
 * own page without a limit.
 */
@Component
class RiskSource {

	private final RiskLists lists;

	private final PageSizes sizes;

	RiskSource(UpstreamClient upstream, ResponseCache cache, RiskProperties properties, InstantSource clock) {
		RiskCalls calls = new RiskCalls(upstream, clock);
		this.lists = new RiskLists(calls, cache, properties.policy(upstream.deadline()), clock);
		this.sizes = new PageSizes(calls, lists, cache, upstream.deadline());
	}

	/**
	 * Returns the requested page.
	 * @param reach whether the cache may load missing parts of it
	 */
	Mono<CacheResult> page(RiskQuery query, Reach reach) {
		Integer limit = query.limit();
		return (limit != null) ? lists.page(new RiskRange(query.segment(), query.offset(), limit, false), reach)
				: sizes.stored()
					.flatMap((size) -> PageSizes.isCurrent(size) ? page(query, size, reach) : learn(query, size, reach))
					.switchIfEmpty(Mono.defer(() -> learn(query, null, reach)));
	}

	private Mono<CacheResult> page(RiskQuery query, CacheResult size, Reach reach) {
		return lists.page(range(query, size), reach)
			.onErrorResume(ListIsLonger.class, (longer) -> (reach == Reach.LOAD) ? learnAgain(query, longer)
					: Mono.error(new CacheRefusal.NotCached()));
	}

	private Mono<CacheResult> learn(RiskQuery query, @Nullable CacheResult outdated, Reach reach) {
		if (reach == Reach.ONLY_IF_CACHED) {
			return (outdated != null) ? page(query, outdated, reach) : Mono.error(new CacheRefusal.NotCached());
		}
		return sizes.learn(query.segment())
			.map((size) -> page(query, size, reach).map((page) -> page.after(size.outcome())))
			.onErrorResume((failure) -> Mono.just(storedPage(query, outdated, failure)))
			.flatMap(Function.identity());
	}

	// A stored page is served even if the page size cannot be learned.
	private Mono<CacheResult> storedPage(RiskQuery query, @Nullable CacheResult size, Throwable failure) {
		return (size == null) ? Mono.error(failure)
				: page(query, size, Reach.ONLY_IF_CACHED)
					.map((page) -> page.staleAfter(failure, LoadFailures.of(failure)))
					.onErrorMap(CacheRefusal.NotCached.class, (missing) -> failure);
	}

	private Mono<CacheResult> learnAgain(RiskQuery query, ListIsLonger longer) {
		return sizes.learnAgain(query.segment(), longer.total())
			.flatMap((size) -> lists.page(range(query, size), Reach.LOAD).map((page) -> page.after(size.outcome())))
			.onErrorMap(ListIsLonger.class, RiskLists::listKeepsChanging);
	}

	private static RiskRange range(RiskQuery query, CacheResult size) {
		return PageSize.of(size.response()).from(query.segment(), query.offset());
	}

}
