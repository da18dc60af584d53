package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A response in the cache, with the freshness lifetime that it was stored with. Two of
 * them are the same only if they were stored by the same load.
 */
public final class StoredResponse {

	private final CachedResponse response;

	private final Duration lifetime;

	private final Duration usefulness;

	private final HitCount uses;

	public StoredResponse(CachedResponse response, Duration lifetime, Duration staleWindow) {
		this(response, lifetime, staleWindow, new HitCount());
	}

	private StoredResponse(CachedResponse response, Duration lifetime, Duration staleWindow, HitCount uses) {
		this.response = response;
		this.lifetime = lifetime;
		this.usefulness = lifetime.plus(staleWindow);
		this.uses = uses;
	}

	/**
	 * How long the response may be answered at all, fresh or stale.
	 */
	public Duration usefulness() {
		return usefulness;
	}

	public CachedResponse response() {
		return response;
	}

	/**
	 * How long the response is fresh, counted from when it was fetched.
	 */
	public Duration lifetime() {
		return lifetime;
	}

	/**
	 * Time since the response was made, as far as is known (RFC 9111 4.2.3); never
	 * negative.
	 */
	public Duration age(Instant now) {
		return response.origin().age().plus(response.origin().sinceFetched(now));
	}

	/**
	 * Freshness that is left, negative when stale.
	 */
	public Duration ttl(Instant now) {
		return lifetime.minus(response.origin().sinceFetched(now));
	}

	public Instant fetchedAt() {
		return response.origin().fetchedAt();
	}

	public boolean isLaterThan(StoredResponse other) {
		return fetchedAt().isAfter(other.fetchedAt());
	}

	/**
	 * How often its key was answered.
	 */
	public HitCount uses() {
		return uses;
	}

	/**
	 * The same in place of what was stored before, if anything was.
	 */
	public StoredResponse after(@Nullable StoredResponse before) {
		return (before != null) ? new StoredResponse(response, lifetime, usefulness.minus(lifetime), before.uses)
				: this;
	}

	/**
	 * The same response, with a lifetime that ends now.
	 */
	public StoredResponse expired(Instant now) {
		return new StoredResponse(response, response.origin().sinceFetched(now), usefulness.minus(lifetime), uses);
	}

	public boolean isFresh(Instant now) {
		return ttl(now).isPositive();
	}

	public boolean isUseful(Instant now) {
		return ttl(now).plus(usefulness).minus(lifetime).isPositive();
	}

	/**
	 * Whether it is in the last tenth of its usefulness.
	 */
	public boolean isEnding(Instant now) {
		return ttl(now).plus(usefulness).minus(lifetime).toMillis() <= usefulness.toMillis() / 10;
	}

	/**
	 * Whether the freshness ended less than the given time ago.
	 */
	public boolean isWithin(Duration staleWindow, Instant now) {
		return ttl(now).plus(staleWindow).isPositive();
	}

}
