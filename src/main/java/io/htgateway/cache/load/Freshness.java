package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.load.SourceUpdates.Schedule;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * Rules for how long responses are fresh, and when stale ones may be refreshed.
 *
 * @param pace lengthens both if the call budget requires it
 * @param jitter maximum random extension of a lifetime, as a part of it
 * @param updates what is known about the updates of the sources
 */
public record Freshness(Pace pace, double jitter, SourceUpdates updates) {

	/**
	 * Returns the given response, loaded just now, with its lifetime. Where the updates
	 * of its source are known, it is fresh until the next one is due, and has the date of
	 * the newest one.
	 */
	Entry entry(CacheKey key, CachePolicy policy, CachedResponse loaded, Instant now) {
		Schedule schedule = updates.schedule(key, now);
		if (schedule == null || loaded.origin().fetchedAt().isBefore(schedule.knownAt())) {
			return new Entry(loaded, lifetime(key, policy));
		}
		if (isPaced(policy)) {
			pace.lifetime(key, schedule.interval());
		}
		Duration left = Duration.between(now, schedule.next());
		return new Entry(loaded.withOrigin(loaded.origin().withUpdate(schedule.updatedAt())),
				left.isPositive() ? left : policy.ttl());
	}

	// Jitter makes a lifetime longer and never shorter, so that spreading loads does not
	// add any.
	private Duration lifetime(CacheKey key, CachePolicy policy) {
		Duration ttl = extended(policy, ThreadLocalRandom.current().nextDouble());
		return isPaced(policy) ? pace.lifetime(key, ttl) : ttl;
	}

	/**
	 * Returns the longest lifetime that a response of the given policy can have.
	 */
	public Duration longest(CachePolicy policy) {
		Duration ttl = longer(extended(policy, 1), updates.longest());
		return isPaced(policy) ? longer(ttl, pace.longest()) : ttl;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private Duration extended(CachePolicy policy, double partOfJitter) {
		return Duration.ofMillis((long) (policy.ttl().toMillis() * (1 + partOfJitter * jitter)));
	}

	/**
	 * Returns why the given stale response must not be refreshed now, or null if it may
	 * be. A response that will soon be unusable always may: to load it later would cost
	 * the same.
	 */
	public @Nullable CacheRefusal reasonToWait(CacheKey key, CachePolicy policy, StoredResponse entry, Instant now) {
		if (!isPaced(policy) || entry.isAlmostUnusable(now)) {
			return null;
		}
		Schedule schedule = updates.schedule(key, now);
		Duration age = entry.response().origin().sinceFetched(now);
		if (schedule == null) {
			return isDue(key, policy.ttl(), age, entry);
		}
		CacheRefusal reason = isDue(key, schedule.interval(), age.plus(ahead(key, schedule, entry)), entry);
		return (reason != null || entry.isOutdated(now) || updates.tryProbe(key, now)) ? reason
				: new CacheRefusal.NotUpdated();
	}

	// A refresh is useful only after an update. It is due at the last update before the
	// end of its interval, or at the first one after it. The choice is random but fixed
	// for each response, so that the mean of many intervals is right.
	private static Duration ahead(CacheKey key, Schedule schedule, StoredResponse entry) {
		long seed = entry.fetchedAt().toEpochMilli() * key.text().hashCode();
		double part = new SplittableRandom(seed).nextDouble();
		return Duration.ofMillis((long) (schedule.interval().toMillis() * part));
	}

	private @Nullable CacheRefusal isDue(CacheKey key, Duration interval, Duration age, StoredResponse entry) {
		return pace.isDue(key, interval, age, entry.hits()) ? null : new CacheRefusal.NotDue();
	}

	// A response that is never sent stale cannot wait to be refreshed.
	private static boolean isPaced(CachePolicy policy) {
		return policy.stores() && policy.staleWindow().isPositive();
	}

}
