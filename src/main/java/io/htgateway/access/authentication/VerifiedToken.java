package io.htgateway.access.authentication;

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
}
