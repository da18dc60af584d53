package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

import io.htgateway.cache.load.CacheContents;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.CacheQuery;
import io.htgateway.cache.load.Freshness;
import io.htgateway.cache.load.InFlightLoads;
import io.htgateway.cache.load.InFlightLoads.InFlightLoad;
import io.htgateway.cache.load.InFlightLoads.LoadResult;
import io.htgateway.cache.load.LeasedLoads;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.load.TieredStore;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Shared cache of responses (RFC 9111, RFC 5861). Answers from memory while a response is
 * fresh, collapses concurrent requests for a key into one load, and serves stale
 * responses where that is better than waiting or failing.
 */
public final class ResponseCache {

	private final TieredStore store;

	private final InFlightLoads inFlight;

	private final LeasedLoads loads;

	private final Freshness freshness;

	private final CacheProperties properties;

	private final InstantSource clock;

	ResponseCache(CacheProperties properties, InstantSource clock, Pace pace, SecondLevelCache shared,
			LoadObserver observer, LoadFault.Reader faults, SourceUpdates updates) {
		this.store = new TieredStore(properties.size(), shared, updates, clock);
		this.inFlight = new InFlightLoads(properties.maxLoads(), properties.maxWaiters(), observer);
		this.freshness = new Freshness(pace, properties.ttlJitter(), updates);
		this.loads = new LeasedLoads(store, freshness, faults, observer, clock);
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Returns the response of the given key. A load that has started runs to its end and
	 * is stored, even if every request that waits for it is cancelled. Fails with a
	 * {@link CacheRefusal}, or with the failure of the load if no stale response can be
	 * used.
	 */
	public Mono<CacheResult> get(CacheKey key, CachePolicy policy, Reach reach, Loader loader) {
		return Mono.deferContextual((context) -> answer(new CacheQuery(key, policy, loader, null, context), reach));
	}

	/**
	 * Reloads the response of the given key, unless the given outdated one has been
	 * replaced in the meantime. The outdated response stays in the cache until the load
	 * succeeds. Fails with the failure of the load.
	 */
	public Mono<CacheResult> renew(CacheKey key, CachePolicy policy, StoredResponse outdated, Loader loader) {
		return Mono
			.deferContextual((context) -> answer(new CacheQuery(key, policy, loader, outdated, context), Reach.LOAD));
	}

	/**
	 * Stores a response that the load of another key returned, unless a fresh response
	 * other than the given outdated one is stored. Starts no load, so neither a backoff
	 * of the key nor the limit of loads prevents it. Never fails.
	 */
	public Mono<Void> offer(CacheKey key, CachePolicy policy, CachedResponse response,
			@Nullable StoredResponse outdated) {
		return policy.stores()
				? Mono.deferContextual((context) -> loads
					.offer(new CacheQuery(key, policy, (previous) -> Mono.empty(), outdated, context), response))
				: Mono.empty();
	}

	/**
	 * Returns a hit with the given response if it is still stored under the given key and
	 * fresh; otherwise null. Costs one lookup in memory.
	 */
	public @Nullable CacheResult hit(CacheKey key, StoredResponse entry) {
		Instant now = clock.instant();
		if (store.find(key) != entry || !entry.isFresh(now)) {
			return null;
		}
		entry.hits().add();
		return result(key, entry, true, CacheOutcome.HIT, null, now);
	}

	/**
	 * Returns the longest time for which a response of the given policy may be used,
	 * fresh or stale, counted from when it was fetched; zero if the policy stores
	 * nothing.
	 */
	public Duration longestUse(CachePolicy policy) {
		return policy.stores() ? freshness.longest(policy).plus(policy.staleWindow()) : Duration.ZERO;
	}

	/**
	 * Returns the number of loads in flight.
	 */
	public int loadsInFlight() {
		return inFlight.count();
	}

	/**
	 * Returns the view of the contents for operators.
	 */
	CacheContents contents() {
		return store.contents(inFlight);
	}

	/**
	 * Returns the latest failures of loads.
	 */
	LoadFaults faults() {
		return loads.faults();
	}

	private Mono<CacheResult> answer(CacheQuery query, Reach reach) {
		return Mono.defer(() -> {
			Instant now = clock.instant();
			StoredResponse entry = store.usable(query, now);
			return (entry != null && entry.isFresh(now)) ? Mono.just(result(query.key(), entry, CacheOutcome.HIT, null))
					: store.checkShared(query, entry).then(Mono.defer(() -> answerAfterCheck(query, reach)));
		});
	}

	private Mono<CacheResult> answerAfterCheck(CacheQuery query, Reach reach) {
		Instant now = clock.instant();
		StoredResponse entry = store.usable(query, now);
		if (entry != null && entry.isFresh(now)) {
			return Mono.just(result(query.key(), entry, CacheOutcome.HIT, null));
		}
		if (reach == Reach.ONLY_IF_CACHED) {
			return (entry != null) ? Mono.just(result(query.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, null))
					: Mono.error(new CacheRefusal.NotCached());
		}
		return (entry != null) ? stale(query, entry, now) : cold(query, now);
	}

	private Mono<CacheResult> cold(CacheQuery query, Instant now) {
		Throwable failed = loads.failure(query.key(), now);
		return (failed != null) ? Mono.error(failed) : join(query, null);
	}

	private Mono<CacheResult> stale(CacheQuery query, StoredResponse entry, Instant now) {
		Throwable reason = reasonNotToLoad(query, entry, now);
		if (reason != null) {
			return Mono.just(result(query.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, reason));
		}
		if (entry.isWithinStaleWindow(query.policy().staleWhileRevalidate(), now)) {
			return Mono.just(refreshInBackground(query, entry));
		}
		return Mono.defer(() -> join(query, entry))
			.timeout(properties.softDeadline())
			.onErrorResume((failure) -> Mono.just(staleAfter(failure, query, entry)));
	}

	private @Nullable Throwable reasonNotToLoad(CacheQuery query, StoredResponse entry, Instant now) {
		Throwable failed = loads.failure(query.key(), now);
		if (failed != null) {
			return failed;
		}
		return (inFlight.find(query.key()) != null) ? null
				: freshness.reasonToWait(query.key(), query.policy(), entry, now);
	}

	private CacheResult staleAfter(Throwable failure, CacheQuery query, StoredResponse entry) {
		return (failure instanceof TimeoutException) ? result(query.key(), entry, CacheOutcome.STALE_IF_ERROR, null)
				: result(query.key(), entry, CacheOutcome.staleAfter(failure, query.classify(failure)), failure);
	}

	private CacheResult refreshInBackground(CacheQuery query, StoredResponse entry) {
		try {
			InFlightLoad started = inFlight.start(query, loads.load(query, entry));
			Throwable failure = (started != null) ? started.failure() : null;
			if (failure != null && query.isRefusal(failure)) {
				return result(query.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, failure);
			}
			return result(query.key(), entry, CacheOutcome.STALE_WHILE_REVALIDATE, null);
		}
		catch (CacheRefusal.Overloaded refusal) {
			return result(query.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, refusal);
		}
	}

	private Mono<CacheResult> join(CacheQuery query, @Nullable StoredResponse previous) {
		InFlightLoad started = inFlight.start(query, loads.load(query, previous));
		boolean replaces = previous != null || query.outdated() != null;
		CacheOutcome collapsed = replaces ? CacheOutcome.REPLACED_COLLAPSED : CacheOutcome.COLLAPSED;
		if (started != null) {
			CacheOutcome loaded = replaces ? CacheOutcome.REPLACED : CacheOutcome.MISS;
			return started.await().map((load) -> resultOf(load, query, loaded, collapsed));
		}
		InFlightLoad running = inFlight.find(query.key());
		if (running != null) {
			return running.await(query)
				.map((load) -> resultOf(load, query, collapsed, collapsed))
				.onErrorResume((failure) -> query.mayLoadAfter(failure, previous),
						(refusal) -> answer(query, Reach.LOAD));
		}
		return answer(query, Reach.LOAD);
	}

	private static CacheOutcome outcome(CacheQuery query, LoadResult load, CacheOutcome loaded,
			CacheOutcome collapsed) {
		if (!query.policy().stores()) {
			return CacheOutcome.BYPASS;
		}
		return switch (load.outcome()) {
			case LOADED -> loaded;
			case REVALIDATED -> CacheOutcome.REVALIDATED;
			case FOUND -> collapsed;
		};
	}

	private CacheResult resultOf(LoadResult load, CacheQuery query, CacheOutcome loaded, CacheOutcome collapsed) {
		load.entry().hits().addLoaded();
		return result(query.key(), load.entry(), store.holds(query.key(), load.entry()),
				outcome(query, load, loaded, collapsed), null);
	}

	private CacheResult result(CacheKey key, StoredResponse entry, CacheOutcome outcome, @Nullable Throwable failure) {
		entry.hits().add();
		return result(key, entry, true, outcome, failure);
	}

	private CacheResult result(CacheKey key, StoredResponse entry, boolean inCache, CacheOutcome outcome,
			@Nullable Throwable failure) {
		return result(key, entry, inCache, outcome, failure, clock.instant());
	}

	private static CacheResult result(CacheKey key, StoredResponse entry, boolean inCache, CacheOutcome outcome,
			@Nullable Throwable failure, Instant now) {
		return new CacheResult(entry.response(), key, entry, inCache, outcome, entry.age(now), entry.ttl(now), failure);
	}

}
