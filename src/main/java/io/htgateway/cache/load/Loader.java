package io.htgateway.cache.load;

import io.htgateway.cache.store.CachedResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Gets a response from its source.
 */
@FunctionalInterface
public interface Loader {

	/**
	 * Gets the response, which must not end empty.
	 * @param previous the stale response that is to be replaced or confirmed, if any
	 */
	Mono<Loaded> load(@Nullable CachedResponse previous);

	/**
	 * What a load brought.
	 *
	 * @param response the new response, or the previous one confirmed
	 * @param revalidated whether it is the previous one
	 */
	record Loaded(CachedResponse response, boolean revalidated) {

		public static Loaded fetched(CachedResponse response) {
			return new Loaded(response, false);
		}

	}

}
