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

	private final Cache<Secret, Verified> tokens;

	private final InstantSource clock;

	VerifiedTokens(InstantSource clock) {
		this.clock = clock;
		InstantSource ages = Dates.elapsed(clock);
		this.tokens = Caffeine.newBuilder()
			.maximumSize(MAX_TOKENS)
			.ticker(() -> Duration.between(Instant.EPOCH, ages.instant()).toNanos())
			.expireAfter(Expiry.<Secret, Verified>writing((token, verified) -> verified.time()))
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Returns the team of the given token, or null if the token is not remembered.
	 */
	@Nullable Team find(Secret token) {
		Verified verified = tokens.getIfPresent(token);
		return (verified != null) ? verified.team() : null;
	}

	/**
	 * Remembers the given token for five minutes, or until it expires if that is sooner.
	 * @param expiry when the token expires, or null if it does not
	 * @return whether the token was remembered, that is, has not expired yet
	 */
	boolean remember(Secret token, Team team, @Nullable Instant expiry) {
		Duration left = (expiry != null) ? Duration.between(clock.instant(), expiry) : MAX_TIME;
		if (left.isPositive()) {
			tokens.put(token, new Verified(team, (left.compareTo(MAX_TIME) < 0) ? left : MAX_TIME));
		}
		return left.isPositive();
	}

	/**
	 * Returns the estimated number of remembered tokens.
	 */
	long size() {
		return tokens.estimatedSize();
	}

	private record Verified(Team team, Duration time) {
	}

}
