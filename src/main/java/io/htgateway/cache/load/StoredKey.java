package io.htgateway.cache.load;

import java.time.Duration;

import io.htgateway.cache.store.Subject;

/**
 * The key of a stored response, for operators.
 *
 * @param subject the subject of the response
 * @param age age of the response
 * @param ttl remaining freshness lifetime, negative when stale
 * @param hits approximate number of requests that were answered from the cache
 */
public record StoredKey(Subject subject, Duration age, Duration ttl, long hits) {
}
