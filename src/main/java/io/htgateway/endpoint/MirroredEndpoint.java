package io.htgateway.endpoint;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.traffic.Endpoint;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * An endpoint of the upstream that the gateway mirrors: what is known of it, and how its
 * responses are loaded. Everything else is the same for all endpoints.
 *
 * @param <Q> a validated request for it
 */
public interface MirroredEndpoint<Q> {

	/**
	 * Returns its name, path, policy and tags.
	 */
	Endpoint description();

	/**
	 * Returns what the API document says of it. Requests may have the documented query
	 * parameters and no others.
	 */
	EndpointDocument document();

	/**
	 * Returns the validated request of the given parameters. Notes wrong parameters, for
	 * which the request is refused afterwards.
	 */
	Q query(RequestParameters parameters);

	/**
	 * Returns the response to the given request, from the cache or loaded.
	 */
	Mono<CacheResult> get(Q query, Reach lookup);

	/**
	 * Returns response headers that depend on the given request, often none.
	 */
	default HttpHeaders headers(Q query) {
		return HttpHeaders.EMPTY;
	}

}
