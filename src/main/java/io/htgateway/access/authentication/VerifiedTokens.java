package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.htgateway.access.Team;
import io.htgateway.secret.Secret;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * Cache of recently verified tokens, which saves hashing or verifying the token of each
 * request. Remembers up to 10,000 tokens for at most five minutes each.
 */
final class VerifiedTokens {

	private static final Duration MAX_TIME = Duration.ofMinutes(5);

	private static final int MAX_TOKENS = 10_000;

	private final Cache<Secret, Entry> tokens;

	private final InstantSource clock;

	VerifiedTokens(InstantSource clock) {
		this.clock = clock;
		InstantSource ages = Dates.elapsed(clock);
		this.tokens = Caffeine.newBuilder()
			.maximumSize(MAX_TOKENS)
			.ticker(() -> Duration.between(Instant.EPOCH, ages.instant()).toNanos())
			.expireAfter(Expiry.<Secret, Entry>writing((token, entry) -> entry.time()))
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Returns the given token, or null if it is not remembered or has expired.
	 */
	@Nullable VerifiedToken find(Secret token) {
		Entry entry = tokens.getIfPresent(token);
		return (entry != null && validFor(entry.token()).isPositive()) ? entry.token() : null;
	}

	/**
	 * Returns how long the given token is valid, but at most five minutes.
	 */
	Duration validFor(VerifiedToken token) {
		return (token.expiry() != null) ? token.validFor(clock.instant(), MAX_TIME) : MAX_TIME;
	}

	/**
	 * Remembers the given token for five minutes, or until it expires if that is sooner.
	 * @param expiry when the token expires, or null if it does not
	 * @return whether the token was remembered, that is, has not expired yet
	 */
	boolean remember(Secret token, Team team, @Nullable Instant expiry) {
		VerifiedToken verified = new VerifiedToken(team, expiry);
		Duration time = validFor(verified);
		if (time.isPositive()) {
			tokens.put(token, new Entry(verified, time));
		}
		return time.isPositive();
	}

	/**
	 * Returns the estimated number of remembered tokens.
	 */
	long size() {
		return tokens.estimatedSize();
	}

	private record Entry(VerifiedToken token, Duration time) {
	}

}
