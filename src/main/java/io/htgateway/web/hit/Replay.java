package io.htgateway.web.hit;

import java.lang.ref.WeakReference;

import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * Response of an endpoint for one request target. It answers later requests while the
 * stored response that it was made from is in the cache and fresh.
 *
 * @param response the response, off-heap
 * @param key cache key of the stored response
 * @param scope content of the response, which the rights of teams must allow
 * @param stored the stored response, to check that it is still in the cache; a weak
 * reference, because its memory is not weighed here
 * @param meters meters that count the hits
 * @param headers headers of the response
 */
public record Replay(CachedResponse response, CacheKey key, Scope scope, WeakReference<StoredResponse> stored,
		RouteMeters meters, ReplayHeaders headers) {

	private static final String JSON = "application/json";

	/**
	 * Returns a replay of the given result. Its bytes are copied off the heap if they are
	 * on it.
	 * @param vary the request headers that responses vary on
	 * @param dates converts the time of fetching to a date
	 */
	public static Replay of(CacheResult result, Scope scope, RouteMeters meters, String vary, Dates dates) {
		return new Replay(result.response().offHeap(), result.key(), scope, new WeakReference<>(result.stored()),
				meters, new ReplayHeaders(vary, dates));
	}

	/**
	 * Returns the result of answering a request now, or null if the stored response is
	 * gone or stale.
	 */
	@Nullable CacheResult hit(ResponseCache cache) {
		StoredResponse entry = stored.get();
		CacheResult hit = (entry != null) ? cache.hit(key, entry) : null;
		return (hit != null) ? hit.with(response) : null;
	}

	boolean isJson() {
		return response.contentType().regionMatches(true, 0, JSON, 0, JSON.length());
	}

	/**
	 * Returns whether this replay has everything that the given result has.
	 */
	public boolean covers(CacheResult result) {
		CachedResponse other = result.response();
		return stored.get() == result.stored() && response.identity().etag().equals(other.identity().etag())
				&& (response.gzip() != null || other.gzip() == null);
	}

	/**
	 * Returns this replay with the gzip variant of the given one, if that has one for the
	 * same bytes.
	 */
	Replay withVariantOf(Replay other) {
		return new Replay(response.withVariantOf(other.response), key, scope, stored, meters, headers.cleared());
	}

}
