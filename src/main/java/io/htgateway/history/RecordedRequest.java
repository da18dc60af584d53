package io.htgateway.history;

import io.htgateway.cache.CacheResult;
import io.htgateway.history.store.Series;
import reactor.core.publisher.Mono;

/**
 * The request whose responses a series of the history records.
 *
 * @param series the series
 * @param current returns the current response, from the cache or by a load
 */
public record RecordedRequest(Series series, Mono<CacheResult> current) {
}
