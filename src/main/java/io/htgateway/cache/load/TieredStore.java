package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * The stored responses: those in memory, and behind them those that replicas share, of
 * which memory takes what is fresher than its own.
 */
public final class TieredStore {

	/**
	 * Time between two looks at what is shared under one key.
	 */
	private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

	private static final int MAX_LOOKS = 10_000;

	/**
	 * How long a request waits for a look that could be answered stale without it.
	 */
	private static final Duration MAX_STALE_WAIT = Duration.ofMillis(40);

	private final Cache<CacheKey, StoredResponse> memory;

	private final Cache<CacheKey, Mono<Void>> looks;

	private final SecondLevelCache shared;

	private final InstantSource clock;

	public TieredStore(DataSize size, SecondLevelCache shared, InstantSource clock) {
		this.memory = caffeine(clock).maximumWeight(size.toBytes())
			.weigher((CacheKey key, StoredResponse entry) -> entry.response().weight())
			.expireAfter(Expiry.writing((CacheKey key, StoredResponse entry) -> entry.usefulness()))
			.build();
		this.looks = caffeine(clock).maximumSize(MAX_LOOKS).expireAfterWrite(LOOK_INTERVAL).build();
		this.shared = shared;
		this.clock = clock;
	}

	private static Caffeine<Object, Object> caffeine(InstantSource clock) {
		return Caffeine.newBuilder()
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.executor(Runnable::run);
	}

	/**
	 * What is stored, and what the given flights load.
	 */
	public CacheContents contents(InFlightLoads flights) {
		return new CacheContents(memory, shared, flights, clock);
	}

	/**
	 * What is in memory under the given key, or null.
	 */
	public @Nullable StoredResponse find(CacheKey key) {
		return memory.getIfPresent(key);
	}

	/**
	 * What is in memory and can answer the given request, fresh or stale, or null.
	 */
	public @Nullable StoredResponse useful(CacheQuery request, Instant now) {
		StoredResponse entry = find(request.key());
		return (entry != null && entry != request.outdated() && entry.isUseful(now)) ? entry : null;
	}

	/**
	 * Whether the given response is in memory, without using it.
	 */
	public boolean holds(CacheKey key, StoredResponse entry) {
		return memory.policy().getIfPresentQuietly(key) == entry;
	}

	/**
	 * Has memory take what is shared, if that was not looked at a moment ago. Never
	 * fails, and takes little time where something stale can be answered.
	 */
	public Mono<Void> look(CacheQuery request, @Nullable StoredResponse stale) {
		if (shared == SecondLevelCache.NONE || !request.policy().stores()) {
			return Mono.empty();
		}
		Mono<Void> look = looks.get(request.key(), (key) -> take(request).cache());
		return (stale != null) ? look.timeout(MAX_STALE_WAIT, Mono.empty()) : look;
	}

	/**
	 * Has memory take what is shared. Never fails.
	 */
	Mono<Void> take(CacheQuery request) {
		return Mono.defer(() -> {
			StoredResponse before = find(request.key());
			Instant after = (before != null) ? before.fetchedAt() : null;
			return shared.find(request.key(), after)
				.timeout(patience(request), Mono.empty())
				.doOnNext((found) -> memory.asMap()
					.merge(request.key(), stored(request, found), (now, next) -> next.isLaterThan(now) ? next : now))
				.then();
		});
	}

	// No request waits for what is shared longer than for a part of a load.
	private static Duration patience(CacheQuery request) {
		return request.policy().deadline().dividedBy(4);
	}

	/**
	 * Keeps a response that was loaded just now.
	 */
	StoredResponse put(CacheQuery request, Entry loaded) {
		StoredResponse stored = stored(request, loaded);
		if (request.policy().stores()) {
			memory.put(request.key(), stored);
		}
		return stored;
	}

	/**
	 * Keeps a response that came with the load of another key, in place of what the
	 * request calls outdated, unless something else is fresh.
	 * @return what is in memory now, or null if that is something else
	 */
	@Nullable StoredResponse offer(CacheQuery request, Entry entry) {
		Instant now = clock.instant();
		StoredResponse offered = stored(request, entry);
		StoredResponse kept = memory.asMap()
			.merge(request.key(), offered,
					(before, next) -> (before != request.outdated() && before.isFresh(now)) ? before : next);
		return (kept == offered) ? kept : null;
	}

	private StoredResponse stored(CacheQuery request, Entry entry) {
		return new StoredResponse(entry.response().offHeap(), entry.lifetime(), request.policy().staleWindow())
			.after(find(request.key()));
	}

	/**
	 * Lets other replicas have the given response. Never fails.
	 */
	Mono<Void> share(CacheQuery request, StoredResponse stored) {
		return request.policy().stores()
				? shared.put(request.key(), new Entry(stored.response(), stored.lifetime()), stored.usefulness())
				: Mono.empty();
	}

	/**
	 * Returns the rejection of the given request's load by another replica, or nothing
	 * where none is shared. Never fails.
	 */
	Mono<Rejection> rejection(CacheQuery request) {
		return Mono.defer(() -> shared.rejection(request.key()).timeout(patience(request), Mono.empty()));
	}

	/**
	 * Shares a rejection with other replicas. Never fails.
	 */
	Mono<Void> reject(CacheQuery request, Rejection rejection) {
		return request.policy().stores() ? shared.reject(request.key(), rejection) : Mono.empty();
	}

	/**
	 * Removes the shared rejection of a request that was loaded. Never fails.
	 */
	Mono<Void> accept(CacheQuery request) {
		return request.policy().stores() ? shared.accept(request.key()) : Mono.empty();
	}

	/**
	 * The lease of the given request's load; empty where another replica has it.
	 */
	Mono<SecondLevelCache.Lease> lease(CacheQuery request) {
		return request.policy().stores() ? shared.lease(request.key(), patience(request))
				: Mono.just(SecondLevelCache.Lease.NONE);
	}

}
