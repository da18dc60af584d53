package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.store.CacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are asked for. Hits do not come by here: a key counts while it is fresh,
 * and then as long as it is asked for.
 */
final class ActiveKeys {

	private static final int MAX_KEYS = 10_000;

	/**
	 * Loads that are this much later than due have lost their place among the others.
	 */
	private static final double LATE = 1.5;

	private final ConcurrentMap<CacheKey, KeyUsage> uses = new ConcurrentHashMap<>();

	@Nullable KeyUsage find(CacheKey key) {
		return uses.get(key);
	}

	/**
	 * The phase of a key that is loaded now: by chance for one that lost its place, so
	 * that what was loaded together does not stay together.
	 */
	double phase(CacheKey key, double stretch, Instant now) {
		KeyUsage last = uses.get(key);
		boolean inPlace = last != null && last.lateness(stretch, now) < LATE;
		return inPlace ? 1 : ThreadLocalRandom.current().nextDouble(0.5, 1.5);
	}

	/**
	 * Notes that a key is in use.
	 * @return whether it was not before
	 */
	boolean add(CacheKey key, KeyUsage use) {
		return (uses.size() < MAX_KEYS || uses.containsKey(key)) && uses.put(key, use) == null;
	}

	/**
	 * Forgets the keys that are not in use any more.
	 */
	void purge(Instant now) {
		uses.values().removeIf((use) -> !use.isInUse(now));
	}

	int size() {
		return uses.size();
	}

	/**
	 * Calls per second that all keys take at their configured lifetimes.
	 */
	double demand() {
		return uses.values().stream().mapToDouble(KeyUsage::demand).sum();
	}

}
