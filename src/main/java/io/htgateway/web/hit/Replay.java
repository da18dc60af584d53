package io.htgateway.web.hit;

import java.lang.ref.WeakReference;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answered for one request target, to be answered again while what it
 * was taken from is stored and fresh.
 *
 * @param response what was answered, off-heap
 * @param key what it was taken from
 * @param endpoint name of its endpoint
 * @param stored the same, to tell whether it still is; not to keep it, since what it
 * holds is not weighed here
 * @param meters where it is counted
 * @param headers the headers to answer with
 */
public record Replay(CachedResponse response, CacheKey key, String endpoint, WeakReference<StoredResponse> stored,
		RouteMeters meters, ReplayHeaders headers) {

	private static final String JSON = "application/json";

	/**
	 * A replay of the given result, its bytes copied off the heap where they are not yet.
	 * @param vary what replies vary on
	 * @param dates converts the time of fetching to a date
	 */
	public static Replay of(CacheResult result, RouteMeters meters, String vary, Dates dates) {
		return new Replay(result.response().offHeap(), result.key(), result.key().subject().endpoint(),
				new WeakReference<>(result.stored()), meters, new ReplayHeaders(vary, dates));
	}

	/**
	 * The hit that this is now, or null when it is none any more.
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
	 * Whether this replays all that the given result has.
	 */
	public boolean covers(CacheResult result) {
		CachedResponse other = result.response();
		return stored.get() == result.stored() && response.identity().etag().equals(other.identity().etag())
				&& (response.gzip() != null || other.gzip() == null);
	}

	/**
	 * The same replay with the gzip variant of the given one, if that has one and its
	 * bytes are the same.
	 */
	Replay withVariantOf(Replay other) {
		return new Replay(response.withVariantOf(other.response), key, endpoint, stored, meters, headers.anew());
	}

}
