package io.htgateway.access.authentication;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Authenticates requests: finds the team of a token or JWT.
 */
public final class Authenticator implements AutoCloseable {

	private final Teams teams;

	private final @Nullable JwtVerifier jwts;

	/**
	 * JWTs, whichever teams are configured: they are not verified again when teams are
	 * replaced.
	 */
	private final VerifiedTokens<JwtVerifier.Verified> verifiedJwts;

	private final InstantSource clock;

	private final FailedAttempts failures;

	Authenticator(Teams teams, @Nullable JwtVerifier jwts, InstantSource clock) {
		this.teams = teams;
		this.jwts = jwts;
		this.clock = clock;
		this.verifiedJwts = new VerifiedTokens<>(clock, JwtVerifier.Verified::expiry);
		this.failures = new FailedAttempts(clock);
	}

	/**
	 * Reads the keys of the JWT issuer, if one is configured, so that a wrong issuer is
	 * logged at startup. Never fails.
	 */
	Mono<Void> checkIssuer() {
		return (jwts != null) ? jwts.check() : Mono.empty();
	}

	/**
	 * Returns whether requests need no token: no team and no JWT issuer is configured.
	 */
	public boolean isOpen() {
		return teams.isOpen();
	}

	/**
	 * Returns an object that stays the same until the teams change. A team that was found
	 * under another edition must be looked up again.
	 */
	public Object edition() {
		return teams.roster();
	}

	/**
	 * Returns the team of a recently verified token, or null. Costs one cache lookup.
	 */
	public @Nullable Team known(@Nullable Secret token) {
		VerifiedToken verified = verified(token);
		return (verified != null) ? verified.team() : null;
	}

	/**
	 * Returns the recently verified token, or null if it is not known or has expired.
	 */
	public @Nullable VerifiedToken verified(@Nullable Secret token) {
		return (token != null) ? teams.roster().verified().find(token) : null;
	}

	/**
	 * Returns how long the given token is valid, but at most five minutes.
	 */
	public Duration validFor(VerifiedToken token) {
		return teams.roster().verified().validFor(token);
	}

	/**
	 * Returns the team of the given token. Fails with a {@link TeamRefusal} if there is
	 * no token, if it is invalid or names no team, or if it cannot be verified now.
	 * @param token the token, or null if the request has none
	 * @param client address of the client, or null if unknown; limits failed attempts
	 */
	public Mono<Team> authenticate(@Nullable Secret token, @Nullable InetSocketAddress client) {
		Team known = known(token);
		if (known != null) {
			return Mono.just(known);
		}
		Roster roster = teams.roster();
		VerifiedToken configured = (token != null) ? roster.byToken(token) : null;
		if (token != null && configured != null) {
			return remember(token, configured, roster);
		}
		String subject = (token != null && jwts != null) ? jwts.claimedSubject(token) : null;
		if (token == null || jwts == null || subject == null) {
			return Mono.error(failures.refuse(client, token != null));
		}
		JwtVerifier.Verified lately = verifiedJwts.find(token);
		if (lately != null) {
			return remember(token, lately);
		}
		return jwts.verify(token, claimant(roster.bySubject(subject), client, subject))
			.doOnNext((verified) -> verifiedJwts.remember(token, limited(verified)))
			.switchIfEmpty(Mono.error(() -> new TeamRefusal.Unauthenticated(true)))
			.flatMap((verified) -> remember(token, verified));
	}

	// An expired token is not a guess, so it does not count as a failed attempt.
	private static Mono<Team> remember(Secret token, VerifiedToken configured, Roster roster) {
		Instant expiry = configured.expiry();
		boolean valid = roster.verified().remember(token, configured);
		return (valid || expiry == null) ? Mono.just(configured.team())
				: Mono.error(new TeamRefusal.TokenExpired(expiry));
	}

	// Anybody may claim to be a team, so teams take turns first, then the addresses that
	// claim to be one of them.
	private static List<String> claimant(@Nullable Team team, @Nullable InetSocketAddress client, String subject) {
		return List.of((team != null) ? team.name() : "", FailedAttempts.network(client), subject);
	}

	private Mono<Team> remember(Secret token, JwtVerifier.Verified jwt) {
		// Read after the verification, since teams may have changed during it.
		Roster roster = teams.roster();
		Team team = roster.bySubject(jwt.subject());
		if (team == null) {
			return Mono.error(new TeamRefusal.UnknownTeam());
		}
		// An expired JWT that the allowed clock skew makes valid is not remembered: it is
		// verified for each request.
		roster.verified().remember(token, new VerifiedToken(team, jwt.expiry()));
		return Mono.just(team);
	}

	// Limits the expiry to five minutes from now, so that replaced teams do not prolong
	// it.
	private JwtVerifier.Verified limited(JwtVerifier.Verified jwt) {
		Instant latest = clock.instant().plus(VerifiedTokens.MAX_TIME);
		return jwt.expiry().isBefore(latest) ? jwt : new JwtVerifier.Verified(jwt.subject(), latest);
	}

	@Override
	public void close() {
		if (jwts != null) {
			jwts.close();
		}
	}

}
