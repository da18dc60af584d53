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
 * Pages of cohorts. Those without a limit are as long as the upstream's own.
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

	Mono<CacheResult> page(RiskQuery query, Reach lookup) {
		Integer limit = query.limit();
		return (limit != null) ? lists.page(new RiskRange(query.segment(), query.offset(), limit, false), lookup)
				: sizes.last()
					.flatMap((size) -> PageSizes.isCurrent(size) ? page(query, size, lookup)
							: learn(query, size, lookup))
					.switchIfEmpty(Mono.defer(() -> learn(query, null, lookup)));
	}

	private Mono<CacheResult> page(RiskQuery query, CacheResult size, Reach lookup) {
		return lists.page(range(query, size), lookup)
			.onErrorResume(ListIsLonger.class, (longer) -> (lookup == Reach.LOAD) ? learnAgain(query, longer)
					: Mono.error(new CacheRefusal.NotCached()));
	}

	private Mono<CacheResult> learn(RiskQuery query, @Nullable CacheResult outdated, Reach lookup) {
		if (lookup == Reach.ONLY_IF_CACHED) {
			return (outdated != null) ? page(query, outdated, lookup) : Mono.error(new CacheRefusal.NotCached());
		}
		return sizes.learn(query.segment())
			.map((size) -> page(query, size, lookup).map((page) -> page.after(size.outcome())))
			.onErrorResume((failure) -> Mono.just(known(query, outdated, failure)))
			.flatMap(Function.identity());
	}

	// A failure to learn the size does not hide stored responses.
	private Mono<CacheResult> known(RiskQuery query, @Nullable CacheResult size, Throwable failure) {
		return (size == null) ? Mono.error(failure)
				: page(query, size, Reach.ONLY_IF_CACHED)
					.map((page) -> page.staleAfter(failure, LoadFailures.of(failure)))
					.onErrorMap(CacheRefusal.NotCached.class, (missing) -> failure);
	}

	private Mono<CacheResult> learnAgain(RiskQuery query, ListIsLonger longer) {
		return sizes.learnAgain(query.segment(), longer.total())
			.flatMap((size) -> lists.page(range(query, size), Reach.LOAD).map((page) -> page.after(size.outcome())))
			.onErrorMap(ListIsLonger.class, RiskLists::keepsChanging);
	}

	private static RiskRange range(RiskQuery query, CacheResult size) {
		return PageSize.of(size.response()).from(query.segment(), query.offset());
	}

}
