package io.htgateway.cache.load;

import io.htgateway.cache.store.CachedResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads a response from its source.
 */
@FunctionalInterface
public interface Loader {

	/**
	 * Loads the response. Must not end empty.
	 * @param previous the stored response to replace or to revalidate, or null
	 */
	Mono<Loaded> load(@Nullable CachedResponse previous);

	/**
	 * A loaded response.
	 *
	 * @param response the new response, or the previous one after it was confirmed
	 * @param revalidated whether the source confirmed the previous response
	 */
	record Loaded(CachedResponse response, boolean revalidated) {

		public static Loaded fetched(CachedResponse response) {
			return new Loaded(response, false);
		}

	}

}
