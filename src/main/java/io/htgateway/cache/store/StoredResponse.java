package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A response in the cache with its freshness lifetime. Has identity: two stored responses
 * with the same content are different if two loads stored them.
 */
public final class StoredResponse {

	private final CachedResponse response;

	private final Duration lifetime;

	private final Duration usableFor;

	private final HitCount hits;

	private final SourceUpdate update;

	/**
	 * Creates a response whose source has no known updates.
	 */
	public StoredResponse(CachedResponse response, Duration lifetime, Duration staleWindow) {
		this(response, lifetime, staleWindow, SourceUpdate.NONE);
	}

	/**
	 * Creates a response that becomes stale when its lifetime ends or its source is
	 * updated.
	 */
	public StoredResponse(CachedResponse response, Duration lifetime, Duration staleWindow, SourceUpdate update) {
		this(response, lifetime, staleWindow, update, new HitCount());
	}

	private StoredResponse(CachedResponse response, Duration lifetime, Duration staleWindow, SourceUpdate update,
			HitCount hits) {
		this.response = response;
		this.lifetime = lifetime;
		this.usableFor = lifetime.plus(staleWindow);
		this.update = update;
		this.hits = hits;
	}

	/**
	 * Returns how long the response may be used, fresh or stale, counted from when it was
	 * fetched.
	 */
	public Duration usableFor() {
		return usableFor;
	}

	public CachedResponse response() {
		return response;
	}

	/**
	 * Returns the freshness lifetime, counted from when the response was fetched.
	 */
	public Duration lifetime() {
		return lifetime;
	}

	/**
	 * Returns the age of the response as far as it is known (RFC 9111 4.2.3); never
	 * negative.
	 */
	public Duration age(Instant now) {
		return response.origin().age().plus(response.origin().sinceFetched(now));
	}

	/**
	 * Returns the remaining freshness lifetime, negative when stale. It ends early when
	 * the source is updated.
	 */
	public Duration ttl(Instant now) {
		Duration left = lifetime.minus(response.origin().sinceFetched(now));
		Instant outdatedAt = update.outdatedAt(fetchedAt(), now);
		if (outdatedAt == null) {
			return left;
		}
		Duration sinceOutdated = Duration.between(now, outdatedAt);
		return (sinceOutdated.compareTo(left) < 0) ? sinceOutdated : left;
	}

	/**
	 * Returns whether the source was updated after the response was fetched.
	 */
	public boolean isOutdated(Instant now) {
		return update.outdatedAt(fetchedAt(), now) != null;
	}

	public Instant fetchedAt() {
		return response.origin().fetchedAt();
	}

	public boolean isLaterThan(StoredResponse other) {
		return fetchedAt().isAfter(other.fetchedAt());
	}

	/**
	 * Returns the hit count of its key.
	 */
	public HitCount hits() {
		return hits;
	}

	/**
	 * Returns this response with the hit count of the one that it replaces, if any.
	 */
	public StoredResponse withHitsOf(@Nullable StoredResponse before) {
		return (before != null) ? new StoredResponse(response, lifetime, usableFor.minus(lifetime), update, before.hits)
				: this;
	}

	/**
	 * Returns this response with a lifetime that ends now, or ended before, as if its
	 * source was updated.
	 */
	public StoredResponse expired(Instant now) {
		Duration since = response.origin().sinceFetched(now);
		Duration ended = (since.compareTo(lifetime) < 0) ? since : lifetime;
		return new StoredResponse(response, ended, usableFor.minus(lifetime), SourceUpdate.ofAll(now), hits);
	}

	public boolean isFresh(Instant now) {
		return ttl(now).isPositive();
	}

	public boolean isUsable(Instant now) {
		return ttl(now).plus(usableFor).minus(lifetime).isPositive();
	}

	/**
	 * Returns whether the last tenth of the time for which it is usable has begun.
	 */
	public boolean isAlmostUnusable(Instant now) {
		return ttl(now).plus(usableFor).minus(lifetime).toMillis() <= usableFor.toMillis() / 10;
	}

	/**
	 * Returns whether its freshness lifetime ended less than the given time ago.
	 */
	public boolean isWithinStaleWindow(Duration staleWindow, Instant now) {
		return ttl(now).plus(staleWindow).isPositive();
	}

}
