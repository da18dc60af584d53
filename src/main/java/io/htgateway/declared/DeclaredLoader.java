package io.htgateway.declared;

import java.time.Duration;

import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads the responses of one kind of declared endpoint.
 */
interface DeclaredLoader {

	/**
	 * Loads the response to the given request.
	 * @param previous the stale response to replace or confirm, or null if none is stored
	 */
	Mono<Loaded> load(UpstreamRequest request, @Nullable CachedResponse previous);

	/**
	 * Returns the maximum duration of a load.
	 */
	Duration deadline();

}
