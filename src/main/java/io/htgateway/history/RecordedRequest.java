package io.htgateway.history;

import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.history.store.Series;
import reactor.core.publisher.Mono;

/**
 * Request whose responses form a series of the history.
 *
 * @param series the series
 * @param scope content of the responses, which the rights of teams must allow
 * @param current emits the current response, from the cache or by a load
 */
public record RecordedRequest(Series series, Scope scope, Mono<CacheResult> current) {
}
