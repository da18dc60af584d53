package io.htgateway.history;

import io.htgateway.cache.CacheResult;
import io.htgateway.history.store.Series;
import reactor.core.publisher.Mono;

/**
 * Request whose responses form a series of the history.
 *
 * @param series the series
 * @param current emits the current response, from the cache or by a load
 */
public record RecordedRequest(Series series, Mono<CacheResult> current) {
}
