package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.htgateway.secret.Secret;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * Cache of recently verified tokens, which saves hashing or verifying the token of each
 * request. Remembers up to 10,000 tokens for at most five minutes each.
 *
 * @param <T> the result of a verification
 */
final class VerifiedTokens<T> {

	/**
	 * Longest time for which a token is remembered.
	 */
	static final Duration MAX_TIME = Duration.ofMinutes(5);

	private static final int MAX_TOKENS = 10_000;

	private final Cache<Secret, Entry<T>> tokens;

	private final InstantSource clock;

	private final Function<T, @Nullable Instant> expiry;

	/**
	 * Creates an empty cache.
	 * @param expiry returns when a token expires, or null if it does not
	 */
	VerifiedTokens(InstantSource clock, Function<T, @Nullable Instant> expiry) {
		this.clock = clock;
		this.expiry = expiry;
		InstantSource ages = Dates.elapsed(clock);
		this.tokens = Caffeine.newBuilder()
			.maximumSize(MAX_TOKENS)
			.ticker(() -> Duration.between(Instant.EPOCH, ages.instant()).toNanos())
			.expireAfter(Expiry.<Secret, Entry<T>>writing((token, entry) -> entry.time()))
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Returns the result of the verification of the given token, or null if it is not
	 * remembered or has expired.
	 */
	@Nullable T find(Secret token) {
		Entry<T> entry = tokens.getIfPresent(token);
		return (entry != null && validFor(entry.verified()).isPositive()) ? entry.verified() : null;
	}

	/**
	 * Returns how long a token is valid, but at most five minutes. The result is not
	 * positive if it has expired.
	 */
	Duration validFor(T verified) {
		Instant end = expiry.apply(verified);
		Duration left = (end != null) ? Duration.between(clock.instant(), end) : MAX_TIME;
		return (left.compareTo(MAX_TIME) < 0) ? left : MAX_TIME;
	}

	/**
	 * Remembers the given token for five minutes, or until it expires if that is sooner.
	 * @return whether the token was remembered, that is, has not expired yet
	 */
	boolean remember(Secret token, T verified) {
		Duration time = validFor(verified);
		if (time.isPositive()) {
			tokens.put(token, new Entry<>(verified, time));
		}
		return time.isPositive();
	}

	/**
	 * Returns the estimated number of remembered tokens.
	 */
	long size() {
		return tokens.estimatedSize();
	}

	private record Entry<T>(T verified, Duration time) {
	}

}
