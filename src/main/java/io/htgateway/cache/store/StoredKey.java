package io.htgateway.cache.store;

import java.time.Duration;

/**
 * A key of which a response is stored.
 *
 * @param subject what the response is about
 * @param age its age
 * @param ttl freshness that is left, negative when stale
 * @param hits how often the key was answered from the cache, about
 */
public record StoredKey(Subject subject, Duration age, Duration ttl, long hits) {
}
