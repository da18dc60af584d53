package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.access.Team;
import org.jspecify.annotations.Nullable;

/**
 * A token that was verified.
 *
 * @param team the team that it belongs to
 * @param expiry when it expires, by the clock of dates, or null if it does not
 */
public record VerifiedToken(Team team, @Nullable Instant expiry) {

	/**
	 * Returns how long the token is valid from the given time on, but at most the given
	 * duration. The result is not positive if the token has expired.
	 */
	Duration validFor(Instant now, Duration max) {
		Duration left = (expiry != null) ? Duration.between(now, expiry) : max;
		return (left.compareTo(max) < 0) ? left : max;
	}

}
