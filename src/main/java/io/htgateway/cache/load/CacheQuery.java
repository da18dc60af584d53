package io.htgateway.cache.load;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * What is asked of the cache.
 *
 * @param context of whoever asks, which is that of the load if this starts one
 */
public record CacheQuery(CacheKey key, CachePolicy policy, Loader loader, @Nullable StoredResponse outdated,
		ContextView context) {

	/**
	 * What a load means that failed so.
	 */
	public LoadFailure kind(Throwable failure) {
		return policy.failures().apply(failure);
	}

	public boolean isRefusal(Throwable failure) {
		return kind(failure).isRefusal();
	}

	/**
	 * Returns whether a load that was refused to another request may be granted to this
	 * one.
	 * @param previous the usable response that this one would replace, if there is one
	 */
	public boolean isOthersRefusal(Throwable failure, @Nullable StoredResponse previous) {
		LoadFailure kind = kind(failure);
		return kind == LoadFailure.REFUSED_TO_CLIENT || (kind == LoadFailure.REFUSED_TO_REFRESH && previous == null);
	}

}
