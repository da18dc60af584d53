package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Backoff of keys whose last load failed. It doubles with each failure in a row, with
 * jitter. Resources that do not exist have a table of their own, so that requests for
 * ever new names evict no other failures.
 */
final class LoadBackoff {

	private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(60);

	private static final double JITTER = 0.2;

	private static final Duration NOT_FOUND = Duration.ofSeconds(30);

	private final Cache<CacheKey, Failure> failing = Caffeine.newBuilder().maximumSize(2_000).build();

	private final Cache<CacheKey, Failure> notFound = Caffeine.newBuilder().maximumSize(1_000).build();

	/**
	 * Returns the backoff of the given key, or null if it may be loaded now.
	 */
	CacheRefusal.@Nullable Backoff find(CacheKey key, Instant now) {
		Failure missing = notFound.getIfPresent(key);
		if (missing != null && now.isBefore(missing.retryAt())) {
			return missing.backoff(now);
		}
		Failure failure = failing.getIfPresent(key);
		return (failure != null && now.isBefore(failure.retryAt())) ? failure.backoff(now) : null;
	}

	void record(CacheKey key, Throwable cause, boolean isNotFound, Instant now) {
		if (isNotFound) {
			notFound.put(key, new Failure(cause, 1, now.plus(NOT_FOUND)));
			return;
		}
		Failure last = failing.getIfPresent(key);
		boolean consecutive = last != null && now.isBefore(last.retryAt().plus(MAX_BACKOFF));
		int attempts = (last != null && consecutive) ? last.attempts() + 1 : 1;
		failing.put(key, new Failure(cause, attempts, now.plus(backoff(attempts))));
	}

	void forget(CacheKey key) {
		failing.invalidate(key);
		notFound.invalidate(key);
	}

	/**
	 * Returns the number of remembered failures.
	 */
	long size() {
		failing.cleanUp();
		notFound.cleanUp();
		return failing.estimatedSize() + notFound.estimatedSize();
	}

	private static Duration backoff(int attempts) {
		long doubled = FIRST_BACKOFF.toMillis() << Math.min(attempts - 1, 16);
		double jitter = 1 + ThreadLocalRandom.current().nextDouble(JITTER);
		return Duration.ofMillis(Math.min((long) (doubled * jitter), MAX_BACKOFF.toMillis()));
	}

	private record Failure(Throwable cause, int attempts, Instant retryAt) {

		CacheRefusal.Backoff backoff(Instant now) {
			return new CacheRefusal.Backoff(cause, Duration.between(now, retryAt));
		}
	}

}
