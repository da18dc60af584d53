package io.htgateway.web;

import io.htgateway.cache.CacheKey;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a controller answered for one request target, to be answered again while what it
 * was taken from is stored and fresh.
 *
 * @param response what was answered, off-heap
 * @param key what it was taken from
 * @param stored the same, to tell whether it still is
 * @param route path pattern of the controller
 * @param headers the headers to answer with
 */
record Replay(CachedResponse response, CacheKey key, StoredResponse stored, String route, ReplayHeaders headers) {

	static Replay of(CacheResult result, String route) {
		return new Replay(result.response().offHeap(), result.key(), result.stored(), route, new ReplayHeaders());
	}

	/**
	 * The hit that this is now, or null when it is none any more.
	 */
	@Nullable CacheResult hit(ResponseCache cache) {
		CacheResult hit = cache.hit(key, stored);
		return (hit != null) ? hit.with(response) : null;
	}

}
