package io.htgateway.cache;

import java.time.Duration;

/**
 * A response, and how the cache came by it (the outcomes of RFC 9211).
 */
public sealed interface CacheResult {

	CachedResponse response();

	/**
	 * The same outcome with another response, such as a part of the one that was cached.
	 */
	default CacheResult with(CachedResponse other) {
		return switch (this) {
			case Hit hit -> new Hit(other, hit.age, hit.ttl);
			case Miss miss -> new Miss(other, miss.ttl);
			case Collapsed collapsed -> new Collapsed(other, collapsed.ttl);
			case Bypass _ -> new Bypass(other);
		};
	}

	/**
	 * Answered from the cache, without a call.
	 *
	 * @param age time since the upstream gave the response
	 * @param ttl its freshness lifetime, counted from then
	 */
	record Hit(CachedResponse response, Duration age, Duration ttl) implements CacheResult {
	}

	/**
	 * Loaded for this request, and stored.
	 *
	 * @param ttl its freshness lifetime
	 */
	record Miss(CachedResponse response, Duration ttl) implements CacheResult {
	}

	/**
	 * Loaded for another request at the same time, and stored.
	 *
	 * @param ttl its freshness lifetime
	 */
	record Collapsed(CachedResponse response, Duration ttl) implements CacheResult {
	}

	/**
	 * Loaded for this or another request at the same time, and not stored.
	 */
	record Bypass(CachedResponse response) implements CacheResult {
	}

}
