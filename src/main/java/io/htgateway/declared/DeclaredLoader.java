package io.htgateway.declared;

import java.time.Duration;

import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads responses of one kind.
 */
interface DeclaredLoader {

	/**
	 * Returns the response to the given request.
	 * @param previous the stale response that is to be replaced or confirmed, if any
	 */
	Mono<Loaded> load(UpstreamRequest request, @Nullable CachedResponse previous);

	/**
	 * Returns the longest time that a load takes.
	 */
	Duration deadline();

}
