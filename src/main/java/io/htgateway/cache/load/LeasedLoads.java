package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.htgateway.cache.load.InFlightLoads.Arrival;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.cache.observation.LoadLog;
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
 * Has a response loaded by one replica, for all of them. The others wait until it is
 * there, at most as long as a load may take, or load it themselves when that replica
 * failed or is gone.
 */
public final class LeasedLoads {

	/**
	 * Time between two looks whether another replica has loaded.
	 */
	private static final Duration POLL = Duration.ofMillis(50);

	private final LoadBackoff failures = new LoadBackoff();

	private final LoadLog log;

	private final TieredStore levels;

	private final Freshness freshness;

	private final InstantSource clock;

	public LeasedLoads(TieredStore levels, Freshness freshness, LoadFault.Reader faults, InstantSource clock) {
		this.log = new LoadLog(faults);
		this.levels = levels;
		this.freshness = freshness;
		this.clock = clock;
	}

	/**
	 * Returns the latest failures.
	 */
	public LoadFaults faults() {
		return log.faults();
	}

	/**
	 * Why no load of the given key is tried now, or null.
	 */
	public @Nullable Throwable failure(CacheKey key, Instant now) {
		return failures.find(key, now);
	}

	/**
	 * A load for the given request. Looks first whether another one has ended since it
	 * was found necessary.
	 * @param previous what it replaces, if that can be confirmed
	 */
	public Mono<Arrival> load(CacheQuery request, @Nullable StoredResponse previous) {
		return Mono.defer(() -> turn(request, previous)).flatMap(Function.identity());
	}

	// No operator ends this while a lease may be on its way, which nobody would release.
	private Mono<Mono<Arrival>> turn(CacheQuery request, @Nullable StoredResponse previous) {
		Mono<Mono<Arrival>> own = Mono.defer(() -> levels.lease(request))
			.map((lease) -> alone(request, previous, lease));
		return found(request).map(Mono::just)
			.switchIfEmpty(own)
			.repeatWhenEmpty((polls) -> polls.concatMap((number) -> poll(request, number)));
	}

	private Mono<Long> poll(CacheQuery request, long number) {
		return (number < request.policy().deadline().dividedBy(POLL))
				? Mono.delay(POLL).then(levels.take(request)).thenReturn(number)
				: Mono.error(() -> new TimeoutException("no other replica has loaded it in time"));
	}

	// The one before may have stored it and gone since the last look.
	private Mono<Arrival> alone(CacheQuery request, @Nullable StoredResponse previous, Lease lease) {
		Mono<Arrival> load = Mono.defer(() -> loaded(request, previous));
		if (lease == Lease.NONE) {
			return load.doOnNext((arrival) -> levels.share(request, arrival.entry()).subscribe());
		}
		return levels.take(request)
			.then(Mono.defer(() -> found(request).doOnNext((arrival) -> lease.release())))
			.switchIfEmpty(levels.rejection(request).flatMap((rejection) -> rejected(request, rejection, lease)))
			.switchIfEmpty(load
				.doOnNext((arrival) -> levels.share(request, arrival.entry())
					.doFinally((signal) -> lease.release())
					.subscribe())
				.doOnError((failure) -> reject(request).doFinally((signal) -> lease.release()).subscribe()));
	}

	// Another replica's rejection counts as this one's, also when its time has passed.
	private Mono<Arrival> rejected(CacheQuery request, Rejection rejection, Lease lease) {
		failures.record(request.key(), rejection, clock.instant());
		if (rejection.retryAfter().isZero()) {
			return Mono.empty();
		}
		lease.release();
		return Mono.error(new CacheRefusal.Backoff(rejection.cause(), rejection.retryAfter()));
	}

	// Before the lease is released: whoever takes it next reads this first.
	private Mono<Void> reject(CacheQuery request) {
		Rejection rejection = failures.rejection(request.key(), clock.instant());
		return (rejection != null) ? levels.reject(request, rejection) : Mono.empty();
	}

	private Mono<Arrival> found(CacheQuery request) {
		return Mono.fromSupplier(() -> {
			Instant now = clock.instant();
			StoredResponse entry = levels.useful(request, now);
			return (entry != null && entry.isFresh(now)) ? new Arrival(entry, LoadOutcome.FOUND) : null;
		});
	}

	// The deadline is around all else: operators do not pass on an error of the JVM.
	private Mono<Arrival> loaded(CacheQuery request, @Nullable StoredResponse previous) {
		return Mono.defer(() -> request.loader().load((previous != null) ? previous.response() : null))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("a load must not end empty")))
			.map((loaded) -> new Arrival(store(request, loaded.response()),
					loaded.revalidated() ? LoadOutcome.REVALIDATED : LoadOutcome.LOADED))
			.timeout(request.policy().deadline())
			.doOnError((failure) -> fail(request, failure))
			.contextWrite(request.context());
	}

	private StoredResponse store(CacheQuery request, CachedResponse response) {
		if (failures.forget(request.key())) {
			levels.accept(request).subscribe();
		}
		log.succeeded(clock.instant());
		return levels.put(request, new Entry(response, freshness.lifetime(request.key(), request.policy())));
	}

	/**
	 * Stores a response that came with the load of another key, unless a fresh one is
	 * stored. Needs no load of its own, and does not fail.
	 */
	public Mono<Void> offer(CacheQuery request, CachedResponse response) {
		return levels.look(request, null).then(Mono.defer(() -> {
			Duration lifetime = freshness.lifetime(request.key(), request.policy());
			StoredResponse kept = levels.offer(request, new Entry(response, lifetime));
			failures.forget(request.key());
			return (kept != null) ? levels.share(request, kept) : Mono.empty();
		}));
	}

	private void fail(CacheQuery request, Throwable failure) {
		LoadFailure kind = request.kind(failure);
		Instant now = clock.instant();
		log.failed(request.key(), kind, failure, now);
		if (kind.isOfKey()) {
			failures.record(request.key(), failure, kind, now);
		}
	}

}
