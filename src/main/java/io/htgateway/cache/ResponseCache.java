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
import io.htgateway.cache.load.InFlightLoads.Arrival;
import io.htgateway.cache.load.InFlightLoads.Flight;
import io.htgateway.cache.load.LeasedLoads;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
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
 * The shared cache: answers from memory while a response is fresh, has it loaded once for
 * all who ask at the same time, and answers stale where that beats waiting or failing
 * (RFC 9111, RFC 5861).
 */
public final class ResponseCache {

	private final TieredStore levels;

	private final InFlightLoads flights;

	private final LeasedLoads loads;

	private final Freshness freshness;

	private final CacheProperties properties;

	private final InstantSource clock;

	ResponseCache(CacheProperties properties, InstantSource clock, Pace pace, SecondLevelCache shared,
			LoadObserver watch, LoadFault.Reader faults) {
		this.levels = new TieredStore(properties.size(), shared, clock);
		this.flights = new InFlightLoads(properties.maxLoads(), properties.maxWaiters(), watch);
		this.freshness = new Freshness(pace, properties.ttlJitter());
		this.loads = new LeasedLoads(levels, freshness, faults, clock);
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * The response of the given key. A load that was started goes on to its end and is
	 * stored, whoever cancels. Fails with a {@link CacheRefusal}, or as the load failed
	 * when nothing stale can be answered.
	 */
	public Mono<CacheResult> get(CacheKey key, CachePolicy policy, Reach lookup, Loader loader) {
		return Mono.deferContextual((context) -> answer(new CacheQuery(key, policy, loader, null, context), lookup));
	}

	/**
	 * The response of the given key, loaded anew in place of the given one, unless that
	 * was replaced in the meantime. It stays what is stored until the load has succeeded.
	 * Fails as the load failed.
	 */
	public Mono<CacheResult> renew(CacheKey key, CachePolicy policy, StoredResponse outdated, Loader loader) {
		return Mono
			.deferContextual((context) -> answer(new CacheQuery(key, policy, loader, outdated, context), Reach.LOAD));
	}

	/**
	 * Stores a response that came with the load of another key, in place of the given
	 * one, unless another one is stored and fresh. Needs no load of its own: that one
	 * failed a moment ago, or too many run, does not matter. Never fails.
	 */
	public Mono<Void> offer(CacheKey key, CachePolicy policy, CachedResponse response,
			@Nullable StoredResponse outdated) {
		return policy.stores()
				? Mono.deferContextual((context) -> loads
					.offer(new CacheQuery(key, policy, (previous) -> Mono.empty(), outdated, context), response))
				: Mono.empty();
	}

	/**
	 * A hit with the given response, if it is still what is stored under the given key
	 * and fresh; else null. Costs no more than that look.
	 */
	public @Nullable CacheResult hit(CacheKey key, StoredResponse entry) {
		Instant now = clock.instant();
		if (levels.find(key) != entry || !entry.isFresh(now)) {
			return null;
		}
		entry.uses().add();
		return result(key, entry, true, CacheOutcome.HIT, null, now);
	}

	/**
	 * Returns the longest time for which a response of the given policy may be answered,
	 * fresh or stale, counted from when it was fetched; zero if nothing is stored.
	 */
	public Duration longestUse(CachePolicy policy) {
		return policy.stores() ? freshness.longest(policy).plus(policy.staleWindow()) : Duration.ZERO;
	}

	/**
	 * How many loads are under way.
	 */
	public int loads() {
		return flights.count();
	}

	/**
	 * What is stored and what is being loaded.
	 */
	CacheContents contents() {
		return levels.contents(flights);
	}

	/**
	 * Returns the latest failures of loads.
	 */
	LoadFaults faults() {
		return loads.faults();
	}

	private Mono<CacheResult> answer(CacheQuery request, Reach lookup) {
		return Mono.defer(() -> {
			Instant now = clock.instant();
			StoredResponse entry = levels.useful(request, now);
			return (entry != null && entry.isFresh(now))
					? Mono.just(result(request.key(), entry, CacheOutcome.HIT, null))
					: levels.look(request, entry).then(Mono.defer(() -> answerAfterLook(request, lookup)));
		});
	}

	private Mono<CacheResult> answerAfterLook(CacheQuery request, Reach lookup) {
		Instant now = clock.instant();
		StoredResponse entry = levels.useful(request, now);
		if (entry != null && entry.isFresh(now)) {
			return Mono.just(result(request.key(), entry, CacheOutcome.HIT, null));
		}
		if (lookup == Reach.ONLY_IF_CACHED) {
			return (entry != null) ? Mono.just(result(request.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, null))
					: Mono.error(new CacheRefusal.NotCached());
		}
		return (entry != null) ? stale(request, entry, now) : cold(request, now);
	}

	private Mono<CacheResult> cold(CacheQuery request, Instant now) {
		Throwable failed = loads.failure(request.key(), now);
		return (failed != null) ? Mono.error(failed) : join(request, null);
	}

	private Mono<CacheResult> stale(CacheQuery request, StoredResponse entry, Instant now) {
		Throwable reason = reasonToWait(request, entry, now);
		if (reason != null) {
			return Mono.just(result(request.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, reason));
		}
		if (entry.isWithin(request.policy().staleWhileRevalidate(), now)) {
			return Mono.just(revalidateBehind(request, entry));
		}
		return Mono.defer(() -> join(request, entry))
			.timeout(properties.softDeadline())
			.onErrorResume((failure) -> Mono.just(staleAfter(failure, request, entry)));
	}

	private @Nullable Throwable reasonToWait(CacheQuery request, StoredResponse entry, Instant now) {
		Throwable failed = loads.failure(request.key(), now);
		if (failed != null) {
			return failed;
		}
		boolean due = flights.find(request.key()) != null
				|| freshness.isDue(request.key(), request.policy(), entry, now);
		return due ? null : new CacheRefusal.NotDue();
	}

	private CacheResult staleAfter(Throwable failure, CacheQuery request, StoredResponse entry) {
		return (failure instanceof TimeoutException) ? result(request.key(), entry, CacheOutcome.STALE_IF_ERROR, null)
				: result(request.key(), entry, CacheOutcome.staleAfter(failure, request.kind(failure)), failure);
	}

	private CacheResult revalidateBehind(CacheQuery request, StoredResponse entry) {
		try {
			Flight started = flights.start(request, loads.load(request, entry));
			Throwable failure = (started != null) ? started.failure() : null;
			if (failure != null && request.isRefusal(failure)) {
				return result(request.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, failure);
			}
			return result(request.key(), entry, CacheOutcome.STALE_WHILE_REVALIDATE, null);
		}
		catch (CacheRefusal.Overloaded refusal) {
			return result(request.key(), entry, CacheOutcome.STALE_WITHOUT_CALL, refusal);
		}
	}

	private Mono<CacheResult> join(CacheQuery request, @Nullable StoredResponse previous) {
		Flight started = flights.start(request, loads.load(request, previous));
		boolean replaces = previous != null || request.outdated() != null;
		CacheOutcome collapsed = replaces ? CacheOutcome.REPLACED_COLLAPSED : CacheOutcome.COLLAPSED;
		if (started != null) {
			CacheOutcome loaded = replaces ? CacheOutcome.REPLACED : CacheOutcome.MISS;
			return started.await().map((arrival) -> arrived(request, arrival, loaded, collapsed));
		}
		Flight running = flights.find(request.key());
		if (running != null) {
			return running.await(request)
				.map((arrival) -> arrived(request, arrival, collapsed, collapsed))
				.onErrorResume((failure) -> request.isOthersRefusal(failure, previous),
						(refusal) -> answer(request, Reach.LOAD));
		}
		return answer(request, Reach.LOAD);
	}

	private static CacheOutcome outcome(CacheQuery request, Arrival arrival, CacheOutcome loaded,
			CacheOutcome collapsed) {
		if (!request.policy().stores()) {
			return CacheOutcome.BYPASS;
		}
		return switch (arrival.outcome()) {
			case LOADED -> loaded;
			case REVALIDATED -> CacheOutcome.REVALIDATED;
			case FOUND -> collapsed;
		};
	}

	private CacheResult arrived(CacheQuery request, Arrival arrival, CacheOutcome loaded, CacheOutcome collapsed) {
		return result(request.key(), arrival.entry(), levels.holds(request.key(), arrival.entry()),
				outcome(request, arrival, loaded, collapsed), null);
	}

	private CacheResult result(CacheKey key, StoredResponse entry, CacheOutcome outcome, @Nullable Throwable failure) {
		entry.uses().add();
		return result(key, entry, true, outcome, failure);
	}

	private CacheResult result(CacheKey key, StoredResponse entry, boolean kept, CacheOutcome outcome,
			@Nullable Throwable failure) {
		return result(key, entry, kept, outcome, failure, clock.instant());
	}

	private static CacheResult result(CacheKey key, StoredResponse entry, boolean kept, CacheOutcome outcome,
			@Nullable Throwable failure, Instant now) {
		return new CacheResult(entry.response(), key, entry, kept, outcome, entry.age(now), entry.ttl(now), failure);
	}

}
