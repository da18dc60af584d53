package io.htgateway.endpoint;

import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.traffic.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * An endpoint of the upstream that the gateway mirrors: its description, its parameters
 * and the way its responses are loaded. Everything else is the same for all endpoints.
 *
 * @param <Q> type of a validated request
 */
public interface MirroredEndpoint<Q> {

	/**
	 * Returns the name, path, cache policy and purge tags.
	 */
	Endpoint description();

	/**
	 * Returns this endpoint's part of the API document. A request with a query parameter
	 * that is not documented is rejected.
	 */
	EndpointDocument document();

	/**
	 * Validates the given parameters and records the invalid ones in them. The caller
	 * rejects the request if there are any.
	 */
	Q query(RequestParameters parameters);

	/**
	 * Returns the content of the response to the given request. It is compared with the
	 * rights of the team before any further processing.
	 */
	Scope scope(Q query);

	/**
	 * Returns the response to the given request, from the cache or by a load.
	 * @param reach whether the cache may load the response
	 */
	Mono<CacheResult> get(Q query, Reach reach);

	/**
	 * Returns whether the history can record the responses: the upstream replaces each
	 * one and does not retain it.
	 */
	default boolean isRecordable() {
		return false;
	}

	/**
	 * Returns the key of the series in which the history records the responses to the
	 * given request (see {@link CacheKey#series()}), or null if they are not recorded.
	 */
	default @Nullable String series(Q query) {
		return null;
	}

	/**
	 * Returns additional response headers for the given request; empty by default.
	 */
	default HttpHeaders headers(Q query) {
		return HttpHeaders.EMPTY;
	}

}
