package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.htgateway.cache.store.CacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys in use, and the demand for those that were in use lately. A key counts as in
 * use while its response is fresh, and then for as long as it is requested.
 */
final class ActiveKeys {

	private static final int MAX_KEYS = 10_000;

	/**
	 * Lateness at which a load no longer has its place in the spread of all keys.
	 */
	private static final double LATE = 1.5;

	private static final double FIRST_SECONDS = 0.001;

	private final ConcurrentMap<CacheKey, KeyUsage> usages = new ConcurrentHashMap<>();

	private Instant plannedAt;

	ActiveKeys(Instant now) {
		this.plannedAt = now;
	}

	/**
	 * Returns the usage of the given key, or null if it is not in use.
	 */
	@Nullable KeyUsage find(CacheKey key, Instant now) {
		KeyUsage usage = usages.get(key);
		return (usage != null && usage.isActive(now)) ? usage : null;
	}

	/**
	 * Adds a key that is loaded now, or replaces its usage. Its phase is random if it is
	 * new or late, so that keys that were loaded together do not stay together.
	 * @param stretch stretch of a key that was not in use
	 */
	KeyUsage load(CacheKey key, Duration ttl, Duration maxTtl, double stretch, Instant now) {
		KeyUsage last = find(key, now);
		boolean onTime = last != null && last.lateness(now) < LATE;
		double phase = onTime ? 1 : ThreadLocalRandom.current().nextDouble(0.5, 1.5);
		return add(key, new KeyUsage(ttl, maxTtl, now, (last != null) ? last.stretch() : stretch, phase, demand(key)));
	}

	/**
	 * Adds a key that was not in use and was loaded by another replica or long ago.
	 */
	KeyUsage request(CacheKey key, Duration ttl, double stretch, Instant loadedAt) {
		return add(key, new KeyUsage(ttl, ttl, loadedAt, stretch, 1, demand(key)));
	}

	private Demand demand(CacheKey key) {
		KeyUsage last = usages.get(key);
		return (last != null) ? last.demand() : new Demand();
	}

	private KeyUsage add(CacheKey key, KeyUsage usage) {
		if (usages.size() < MAX_KEYS || usages.containsKey(key)) {
			usages.put(key, usage);
		}
		return usage;
	}

	/**
	 * Returns the number of keys in use.
	 */
	int count(Instant now) {
		return (int) active(now).count();
	}

	/**
	 * Counts the demand since the last time, and plans the refresh intervals of all keys
	 * in use.
	 * @param rate loads per second of all keys together
	 * @param maxStretch longest interval as a multiple of the equal one
	 * @return the mean stretch of the intervals
	 */
	synchronized double plan(Instant now, double rate, double maxStretch) {
		count(Demand.Decay.of(Duration.between(plannedAt, now)));
		plannedAt = now;
		removeUnused(now);
		List<KeyUsage> active = active(now).toList();
		RefreshIntervals intervals = new RefreshIntervals(values(active, KeyUsage::cadence),
				values(active, KeyUsage::usualGap), rate);
		double[] byDemand = intervals.byDemand(maxStretch);
		for (int key = 0; key < byDemand.length; key++) {
			active.get(key).plan(byDemand[key]);
		}
		return intervals.meanStretch();
	}

	// Before any request is counted, demand is high: a due key is not expected to wait.
	private void count(Demand.Decay decay) {
		double requests = 1;
		double seconds = FIRST_SECONDS;
		for (KeyUsage usage : usages.values()) {
			usage.demand().advance(decay);
			requests += usage.demand().requests();
			seconds += usage.demand().seconds();
		}
		double mean = requests / seconds;
		usages.values().forEach((usage) -> usage.expect(1 / usage.demand().rate(mean)));
	}

	// The demand for a key that is not in use is remembered for a while, if there is
	// room.
	private void removeUnused(Instant now) {
		boolean full = usages.size() >= MAX_KEYS;
		usages.values().removeIf((usage) -> !usage.isActive(now) && (full || usage.demand().isForgotten()));
	}

	private static double[] values(List<KeyUsage> usages, ToDoubleFunction<KeyUsage> value) {
		return usages.stream().mapToDouble(value).toArray();
	}

	private Stream<KeyUsage> active(Instant now) {
		return usages.values().stream().filter((usage) -> usage.isActive(now));
	}

}
