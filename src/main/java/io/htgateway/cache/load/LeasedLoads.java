package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.htgateway.cache.load.InFlightLoads.LoadResult;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.cache.observation.LoadLog;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.SecondLevelCache.Lease;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads each response in one replica on behalf of all. The others wait for it, at most as
 * long as a load may take, and load it themselves if that replica failed or is gone.
 */
public final class LeasedLoads {

	/**
	 * Time between two checks whether another replica has loaded the response.
	 */
	private static final Duration POLL = Duration.ofMillis(50);

	private final LoadBackoff backoff = new LoadBackoff();

	private final LoadLog log;

	private final TieredStore store;

	private final Freshness freshness;

	private final LoadObserver observer;

	private final InstantSource clock;

	public LeasedLoads(TieredStore store, Freshness freshness, LoadFault.Reader faults, LoadObserver observer,
			InstantSource clock) {
		this.log = new LoadLog(faults);
		this.store = store;
		this.freshness = freshness;
		this.observer = observer;
		this.clock = clock;
	}

	/**
	 * Returns the latest failure of each endpoint.
	 */
	public LoadFaults faults() {
		return log.faults();
	}

	/**
	 * Returns why the given key must not be loaded now, or null if it may be.
	 */
	public @Nullable Throwable failure(CacheKey key, Instant now) {
		return backoff.find(key, now);
	}

	/**
	 * Loads the response for the given request, or returns the fresh one that another
	 * load has stored in the meantime.
	 * @param previous the stored response that is replaced, if it can be revalidated
	 */
	public Mono<LoadResult> load(CacheQuery query, @Nullable StoredResponse previous) {
		return Mono.defer(() -> whenFreshOrLeased(query, previous)).flatMap(Function.identity());
	}

	// No operator may end this sequence while a lease is being acquired: nobody would
	// release the lease.
	private Mono<Mono<LoadResult>> whenFreshOrLeased(CacheQuery query, @Nullable StoredResponse previous) {
		Mono<Mono<LoadResult>> own = Mono.defer(() -> store.lease(query))
			.map((lease) -> withLease(query, previous, lease));
		return fresh(query).map(Mono::just)
			.switchIfEmpty(own)
			.repeatWhenEmpty((polls) -> polls.concatMap((number) -> poll(query, number)));
	}

	private Mono<Long> poll(CacheQuery query, long number) {
		return (number < query.policy().deadline().dividedBy(POLL))
				? Mono.delay(POLL).then(store.fetchShared(query)).thenReturn(number)
				: Mono.error(() -> new TimeoutException("no replica loaded the response before the deadline"));
	}

	// The previous holder of the lease may have stored the response since the last check.
	private Mono<LoadResult> withLease(CacheQuery query, @Nullable StoredResponse previous, Lease lease) {
		Mono<LoadResult> load = Mono.defer(() -> fromSource(query, previous));
		if (lease == Lease.NONE) {
			return load.doOnNext((result) -> store.share(query, result.entry()).subscribe());
		}
		return store.fetchShared(query)
			.then(Mono.defer(() -> fresh(query).doOnNext((result) -> lease.release())))
			.switchIfEmpty(store.rejection(query).flatMap((rejection) -> rejected(query, rejection, lease)))
			.switchIfEmpty(load.doOnNext(
					(result) -> store.share(query, result.entry()).doFinally((signal) -> lease.release()).subscribe())
				.doOnError((failure) -> reject(query).doFinally((signal) -> lease.release()).subscribe()));
	}

	// A rejection of another replica counts as one of this replica, even if its time has
	// passed: the next one waits longer.
	private Mono<LoadResult> rejected(CacheQuery query, Rejection rejection, Lease lease) {
		backoff.record(query.key(), rejection, clock.instant());
		if (rejection.retryAfter().isZero()) {
			return Mono.empty();
		}
		lease.release();
		return Mono.error(new CacheRefusal.Backoff(rejection.cause(), rejection.retryAfter()));
	}

	// Runs before the lease is released, because its next holder reads the rejection
	// first.
	private Mono<Void> reject(CacheQuery query) {
		Rejection rejection = backoff.rejection(query.key(), clock.instant());
		return (rejection != null) ? store.reject(query, rejection) : Mono.empty();
	}

	private Mono<LoadResult> fresh(CacheQuery query) {
		return Mono.fromSupplier(() -> {
			Instant now = clock.instant();
			StoredResponse entry = store.usable(query, now);
			return (entry != null && entry.isFresh(now)) ? new LoadResult(entry, LoadOutcome.FOUND) : null;
		});
	}

	// The deadline encloses everything else, because operators do not pass on a JVM
	// error.
	private Mono<LoadResult> fromSource(CacheQuery query, @Nullable StoredResponse previous) {
		return Mono.defer(() -> query.loader().load((previous != null) ? previous.response() : null))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("a load must return a response")))
			.map((loaded) -> new LoadResult(succeed(query, loaded.response()),
					loaded.revalidated() ? LoadOutcome.REVALIDATED : LoadOutcome.LOADED))
			.timeout(query.policy().deadline())
			.doOnError((failure) -> fail(query, failure))
			.contextWrite(query.context());
	}

	private StoredResponse succeed(CacheQuery query, CachedResponse response) {
		forgetFailures(query);
		log.succeeded(clock.instant());
		learn(query, response);
		StoredResponse stored = store.put(query,
				freshness.entry(query.key(), query.policy(), response, clock.instant()));
		observer.received(query.key(), stored.response());
		return stored;
	}

	private void learn(CacheQuery query, CachedResponse response) {
		StoredResponse before = store.find(query.key());
		freshness.updates().loaded(query.key(), (before != null) ? before : query.outdated(), response);
	}

	/**
	 * Stores a response that the load of another key returned, unless a fresh one is
	 * stored. Starts no load, and never fails.
	 */
	public Mono<Void> offer(CacheQuery query, CachedResponse response) {
		return store.checkShared(query, null).then(Mono.defer(() -> {
			Entry entry = freshness.entry(query.key(), query.policy(), response, clock.instant());
			StoredResponse stored = store.offer(query, entry);
			forgetFailures(query);
			if (stored == null) {
				return Mono.empty();
			}
			observer.received(query.key(), stored.response());
			return store.share(query, stored);
		}));
	}

	private void forgetFailures(CacheQuery query) {
		if (backoff.forget(query.key())) {
			store.accept(query).subscribe();
		}
	}

	private void fail(CacheQuery query, Throwable failure) {
		LoadFailure kind = query.classify(failure);
		Instant now = clock.instant();
		log.failed(query.key(), kind, failure, now);
		if (kind.needsBackoff()) {
			backoff.record(query.key(), failure, kind, now);
		}
	}

}
