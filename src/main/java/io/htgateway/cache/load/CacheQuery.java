package io.htgateway.cache.load;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * A request to the cache.
 *
 * @param outdated the stored response that must be replaced, or null if any usable one
 * may answer
 * @param context the context of the request; a load that it starts runs with it
 */
public record CacheQuery(CacheKey key, CachePolicy policy, Loader loader, @Nullable StoredResponse outdated,
		ContextView context) {

	/**
	 * Classifies a failed load.
	 */
	public LoadFailure classify(Throwable failure) {
		return policy.failures().apply(failure);
	}

	public boolean isRefusal(Throwable failure) {
		return classify(failure).isRefusal();
	}

	/**
	 * Returns whether this request may start a load of its own after one that another
	 * request started was refused.
	 * @param failure how that load failed
	 * @param previous the usable response that this request would replace, if any
	 */
	public boolean mayLoadAfter(Throwable failure, @Nullable StoredResponse previous) {
		LoadFailure kind = classify(failure);
		return kind == LoadFailure.REFUSED_TO_CLIENT || (kind == LoadFailure.REFUSED_TO_REFRESH && previous == null);
	}

}
