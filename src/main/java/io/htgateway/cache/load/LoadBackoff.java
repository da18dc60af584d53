package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.Rejection;
import io.htgateway.time.DoublingDelay;
import org.jspecify.annotations.Nullable;

/**
 * Backoff of keys whose last load failed, which doubles with each failure in a row. After
 * a failure it is 1 s to 1 min, with jitter. After a rejection it is 30 s to 1 h, since
 * rejections rarely end and each attempt costs a call; rejections have a table of their
 * own, so that requests for any number of new names evict no other failures.
 */
final class LoadBackoff {

	private static final Duration FIRST_FAILURE = Duration.ofSeconds(1);

	private static final Duration MAX_FAILURE = Duration.ofSeconds(60);

	private static final DoublingDelay REJECTION_DELAY = new DoublingDelay(Duration.ofSeconds(30),
			Rejection.MAX_RETRY_AFTER);

	private static final double JITTER = 0.2;

	private final Cache<CacheKey, Failure> failed = Caffeine.newBuilder().maximumSize(2_000).build();

	private final Cache<CacheKey, Failure> rejected = Caffeine.newBuilder().maximumSize(1_000).build();

	/**
	 * Returns the backoff of the given key, or null if it may be loaded now.
	 */
	CacheRefusal.@Nullable Backoff find(CacheKey key, Instant now) {
		Failure rejection = lasting(rejected, key, now);
		Failure failure = (rejection != null) ? rejection : lasting(failed, key, now);
		return (failure != null) ? new CacheRefusal.Backoff(failure.cause(), failure.left(now)) : null;
	}

	/**
	 * Returns the rejection because of which the given key is not loaded now, or null.
	 */
	@Nullable Rejection rejection(CacheKey key, Instant now) {
		Failure rejection = lasting(rejected, key, now);
		return (rejection != null) ? new Rejection(rejection.cause(), rejection.attempts(), rejection.left(now)) : null;
	}

	/**
	 * Records a failed load of the given key.
	 */
	void record(CacheKey key, Throwable cause, LoadFailure kind, Instant now) {
		if (kind == LoadFailure.REJECTED) {
			int attempts = consecutive(rejected.getIfPresent(key), Rejection.MAX_RETRY_AFTER, now);
			Duration wait = REJECTION_DELAY.after(attempts);
			record(key, new Rejection(cause, attempts, wait), now);
			return;
		}
		int attempts = consecutive(failed.getIfPresent(key), MAX_FAILURE, now);
		double jitter = 1 + ThreadLocalRandom.current().nextDouble(JITTER);
		Duration first = Duration.ofMillis((long) (FIRST_FAILURE.toMillis() * jitter));
		failed.put(key, new Failure(cause, attempts, now.plus(new DoublingDelay(first, MAX_FAILURE).after(attempts))));
	}

	/**
	 * Records a rejection that this or another replica received.
	 */
	void record(CacheKey key, Rejection rejection, Instant now) {
		rejected.put(key, new Failure(rejection.cause(), rejection.attempts(), now.plus(rejection.retryAfter())));
	}

	/**
	 * Forgets the failures of a key that was loaded.
	 * @return whether it had been rejected before
	 */
	boolean forget(CacheKey key) {
		failed.invalidate(key);
		return rejected.asMap().remove(key) != null;
	}

	/**
	 * Returns the number of keys with a recorded failure.
	 */
	long size() {
		failed.cleanUp();
		rejected.cleanUp();
		return failed.estimatedSize() + rejected.estimatedSize();
	}

	private static @Nullable Failure lasting(Cache<CacheKey, Failure> failures, CacheKey key, Instant now) {
		Failure failure = failures.getIfPresent(key);
		return (failure != null && now.isBefore(failure.retryAt())) ? failure : null;
	}

	private static int consecutive(@Nullable Failure last, Duration max, Instant now) {
		return (last != null && now.isBefore(last.retryAt().plus(max))) ? last.attempts() + 1 : 1;
	}

	private record Failure(Throwable cause, int attempts, Instant retryAt) {

		Duration left(Instant now) {
			return Duration.between(now, retryAt);
		}

	}

}
