package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.secret.Secret;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * JWTs that were verified in the last five minutes, whichever teams are configured. When
 * teams are replaced, these JWTs are not verified again.
 */
final class VerifiedJwts {

	private static final Duration MAX_TIME = Duration.ofMinutes(5);

	private static final int MAX_JWTS = 10_000;

	private final Cache<Secret, JwtVerifier.Verified> jwts;

	private final InstantSource clock;

	VerifiedJwts(InstantSource clock) {
		InstantSource ages = Dates.elapsed(clock);
		this.clock = clock;
		this.jwts = Caffeine.newBuilder()
			.maximumSize(MAX_JWTS)
			.ticker(() -> Duration.between(Instant.EPOCH, ages.instant()).toNanos())
			.expireAfterWrite(MAX_TIME)
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Returns the given JWT, or null if it was not verified lately or has expired.
	 */
	JwtVerifier.@Nullable Verified find(Secret token) {
		JwtVerifier.Verified verified = jwts.getIfPresent(token);
		return (verified != null && clock.instant().isBefore(verified.expiry())) ? verified : null;
	}

	/**
	 * Remembers a JWT that was just verified.
	 */
	void remember(Secret token, JwtVerifier.Verified verified) {
		Instant latest = clock.instant().plus(MAX_TIME);
		jwts.put(token,
				verified.expiry().isBefore(latest) ? verified : new JwtVerifier.Verified(verified.subject(), latest));
	}

}
