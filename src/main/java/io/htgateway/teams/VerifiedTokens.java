package io.htgateway.teams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were found good a moment ago, so that nothing is hashed or verified for
 * each request.
 */
final class VerifiedTokens {

	private static final Duration MAX_TIME = Duration.ofMinutes(5);

	private static final int MAX_TOKENS = 10_000;

	private final Cache<Secret, Verified> tokens = Caffeine.newBuilder()
		.maximumSize(MAX_TOKENS)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	VerifiedTokens(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * The team of the given token, or null where it is not known now.
	 */
	@Nullable Team find(Secret token) {
		Verified verified = tokens.getIfPresent(token);
		return (verified != null && clock.instant().isBefore(verified.until())) ? verified.team() : null;
	}

	/**
	 * Takes the given token for the team's for a while.
	 * @param expiry when it ends, if it does
	 */
	void remember(Secret token, Team team, @Nullable Instant expiry) {
		Instant until = clock.instant().plus(MAX_TIME);
		tokens.put(token, new Verified(team, (expiry != null && expiry.isBefore(until)) ? expiry : until));
	}

	private record Verified(Team team, Instant until) {
	}

}
