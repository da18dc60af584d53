package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.store.CacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys in use. Hits are not seen here: a key counts as in use while its response is
 * fresh, and then for as long as it is requested.
 */
final class ActiveKeys {

	private static final int MAX_KEYS = 10_000;

	/**
	 * Lateness at which a load no longer has its place in the spread of all keys.
	 */
	private static final double LATE = 1.5;

	private final ConcurrentMap<CacheKey, KeyUsage> usages = new ConcurrentHashMap<>();

	@Nullable KeyUsage find(CacheKey key) {
		return usages.get(key);
	}

	/**
	 * Returns the phase of a key that is loaded now. It is random for a new or late key,
	 * so that keys that were loaded together do not stay together.
	 */
	double phase(CacheKey key, double stretch, Instant now) {
		KeyUsage last = usages.get(key);
		boolean onTime = last != null && last.lateness(stretch, now) < LATE;
		return onTime ? 1 : ThreadLocalRandom.current().nextDouble(0.5, 1.5);
	}

	/**
	 * Adds a key, or replaces its usage.
	 * @return whether the key was not in use before
	 */
	boolean add(CacheKey key, KeyUsage usage) {
		return (usages.size() < MAX_KEYS || usages.containsKey(key)) && usages.put(key, usage) == null;
	}

	/**
	 * Removes the keys that are no longer in use.
	 */
	void removeUnused(Instant now) {
		usages.values().removeIf((usage) -> !usage.isActive(now));
	}

	int size() {
		return usages.size();
	}

	/**
	 * Returns the calls per second that all keys would need at their configured
	 * lifetimes.
	 */
	double demand() {
		return usages.values().stream().mapToDouble(KeyUsage::demand).sum();
	}

}
