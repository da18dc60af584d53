package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.SourceUpdate;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * Stored responses in two tiers: this replica's memory first, then the second tier (the
 * cache that replicas share, or a directory). Copies responses of the second tier into
 * memory if they are newer.
 */
public final class TieredStore {

	/**
	 * Shortest time between two checks of the shared cache for one key.
	 */
	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

	private static final int MAX_CHECKED_KEYS = 10_000;

	/**
	 * How long a request waits for the shared cache when a stale response could answer
	 * it.
	 */
	private static final Duration MAX_STALE_WAIT = Duration.ofMillis(40);

	private final EvictedFirst evictedFirst = new EvictedFirst();

	private final Cache<CacheKey, StoredResponse> memory;

	private final Cache<CacheKey, Mono<Void>> recentChecks;

	private final SecondLevelCache shared;

	private final SourceUpdates updates;

	private final InstantSource clock;

	public TieredStore(DataSize size, SecondLevelCache shared, SourceUpdates updates, InstantSource clock) {
		this.memory = caffeine(clock).maximumWeight(size.toBytes())
			.weigher((CacheKey key, StoredResponse entry) -> entry.response().weight())
			.expireAfter(Expiry.writing((CacheKey key, StoredResponse entry) -> entry.usableFor()))
			.removalListener(evictedFirst)
			.build();
		this.recentChecks = caffeine(clock).maximumSize(MAX_CHECKED_KEYS).expireAfterWrite(CHECK_INTERVAL).build();
		this.shared = shared;
		this.updates = updates;
		this.clock = clock;
	}

	private static Caffeine<Object, Object> caffeine(InstantSource clock) {
		return Caffeine.newBuilder()
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.executor(Runnable::run);
	}

	/**
	 * Returns a view of this store and of the given loads, for operators.
	 */
	public CacheContents contents(InFlightLoads inFlight) {
		return new CacheContents(memory, shared, inFlight, clock);
	}

	/**
	 * Returns the response in memory under the given key, or null.
	 */
	public @Nullable StoredResponse find(CacheKey key) {
		return memory.getIfPresent(key);
	}

	/**
	 * Returns the response in memory that can answer the given request, fresh or stale,
	 * or null.
	 */
	public @Nullable StoredResponse usable(CacheQuery query, Instant now) {
		StoredResponse entry = find(query.key());
		return (entry != null && entry != query.outdated() && entry.isUsable(now)) ? entry : null;
	}

	/**
	 * Returns whether the given response is in memory. Does not count as a use of it.
	 */
	public boolean holds(CacheKey key, StoredResponse entry) {
		return memory.policy().getIfPresentQuietly(key) == entry;
	}

	/**
	 * Fetches the shared response into memory, unless its key was checked within the last
	 * second. Never fails.
	 * @param stale the response that can answer the request if the check takes too long,
	 * or null
	 */
	public Mono<Void> checkShared(CacheQuery query, @Nullable StoredResponse stale) {
		if (shared == SecondLevelCache.NONE || !query.policy().stores()) {
			return Mono.empty();
		}
		Mono<Void> check = recentChecks.get(query.key(), (key) -> fetchShared(query).cache());
		return (stale != null) ? check.timeout(MAX_STALE_WAIT, Mono.empty()) : check;
	}

	/**
	 * Fetches the shared response into memory if it is newer. Never fails.
	 */
	Mono<Void> fetchShared(CacheQuery query) {
		return Mono.defer(() -> {
			StoredResponse before = find(query.key());
			Instant after = (before != null) ? before.fetchedAt() : null;
			return shared.find(query.key(), after)
				.timeout(sharedTimeout(query), Mono.empty())
				.doOnNext((found) -> merge(query, stored(query, found),
						(now, next) -> next.isLaterThan(now) ? next : now))
				.then();
		});
	}

	private @Nullable StoredResponse merge(CacheQuery query, StoredResponse next,
			BinaryOperator<StoredResponse> choice) {
		return evictedFirst.store(memory, query.key(), next, () -> memory.asMap().merge(query.key(), next, choice));
	}

	// A request waits for the shared cache for a quarter of a load's deadline at most.
	private static Duration sharedTimeout(CacheQuery query) {
		return query.policy().deadline().dividedBy(4);
	}

	/**
	 * Stores a response that was loaded just now.
	 */
	StoredResponse put(CacheQuery query, Entry loaded) {
		StoredResponse stored = stored(query, loaded);
		if (query.policy().stores()) {
			evictedFirst.store(memory, query.key(), stored, () -> memory.asMap().put(query.key(), stored));
		}
		return stored;
	}

	/**
	 * Stores a response that the load of another key returned, unless a fresh response
	 * other than the query's outdated one is in memory.
	 * @return the response that was stored, or null if it was not
	 */
	@Nullable StoredResponse offer(CacheQuery query, Entry entry) {
		Instant now = clock.instant();
		StoredResponse offered = stored(query, entry);
		StoredResponse current = merge(query, offered,
				(before, next) -> (before != query.outdated() && before.isFresh(now)) ? before : next);
		return (current == offered) ? current : null;
	}

	private StoredResponse stored(CacheQuery query, Entry entry) {
		return new StoredResponse(entry.response().offHeap(), entry.lifetime(), query.policy().staleWindow(),
				update(query.key(), entry))
			.withHitsOf(find(query.key()));
	}

	private SourceUpdate update(CacheKey key, Entry entry) {
		return entry.purged() ? SourceUpdate.ofAll(entry.response().origin().fetchedAt().plus(entry.lifetime()))
				: updates.latest(key);
	}

	/**
	 * Writes the given response to the shared cache. Never fails.
	 */
	Mono<Void> share(CacheQuery query, StoredResponse stored) {
		return query.policy().stores()
				? shared.put(query.key(), new Entry(stored.response(), stored.lifetime()), stored.usableFor())
				: Mono.empty();
	}

	/**
	 * Returns the last rejection of the given request's key at any replica, or nothing if
	 * none is shared. Never fails.
	 */
	Mono<Rejection> rejection(CacheQuery query) {
		return Mono.defer(() -> shared.rejection(query.key()).timeout(sharedTimeout(query), Mono.empty()));
	}

	/**
	 * Shares a rejection with other replicas. Never fails.
	 */
	Mono<Void> reject(CacheQuery query, Rejection rejection) {
		return query.policy().stores() ? shared.reject(query.key(), rejection) : Mono.empty();
	}

	/**
	 * Removes the shared rejection of a request that was loaded. Never fails.
	 */
	Mono<Void> accept(CacheQuery query) {
		return query.policy().stores() ? shared.accept(query.key()) : Mono.empty();
	}

	/**
	 * Acquires the lease to load the key of the given request. Ends empty if another
	 * replica has it.
	 */
	Mono<SecondLevelCache.Lease> lease(CacheQuery query) {
		return query.policy().stores() ? shared.lease(query.key(), sharedTimeout(query))
				: Mono.just(SecondLevelCache.Lease.NONE);
	}

}
