package io.htgateway.access.authentication;

import java.net.InetSocketAddress;
import java.time.InstantSource;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.access.jwt.PlausibleJwt;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the team of a request by its token.
 */
public final class Authenticator {

	private final Teams teams;

	private final @Nullable JwtVerifier jwts;

	private final @Nullable PlausibleJwt plausible;

	private final FailedAttempts failures;

	Authenticator(Teams teams, @Nullable JwtVerifier jwts, @Nullable PlausibleJwt plausible, InstantSource clock) {
		this.teams = teams;
		this.jwts = jwts;
		this.plausible = plausible;
		this.failures = new FailedAttempts(clock);
	}

	/**
	 * Checks that the issuer of JWTs can be reached, where there is one. Never fails.
	 */
	Mono<Void> checkIssuer() {
		return (jwts != null) ? jwts.check() : Mono.empty();
	}

	/**
	 * Whether everybody may call.
	 */
	public boolean isOpen() {
		return teams.isOpen();
	}

	/**
	 * Changes identity when teams have changed: what was found before is not good any
	 * more.
	 */
	public Object edition() {
		return teams.roster();
	}

	/**
	 * The team of a token that was found good a moment ago, else null. Costs a look.
	 */
	public @Nullable Team known(@Nullable Secret token) {
		return (token != null) ? teams.roster().verified().find(token) : null;
	}

	/**
	 * The team of the given token. Fails with a {@link TeamRefusal}.
	 * @param client where the request comes from
	 */
	public Mono<Team> authenticate(@Nullable Secret token, @Nullable InetSocketAddress client) {
		Team known = known(token);
		if (known != null) {
			return Mono.just(known);
		}
		Roster roster = teams.roster();
		Team configured = (token != null) ? roster.byToken(token) : null;
		if (token != null && configured != null) {
			roster.verified().remember(token, configured, null);
			return Mono.just(configured);
		}
		Secret jwt = (token != null && JwtVerifier.isJwt(token)) ? token : null;
		return switch (failures.begin(client, () -> isPlausible(jwt))) {
			case FailedAttempts.Attempt.Refused refused ->
				Mono.error(new TeamRefusal.TooManyFailures(refused.retryAfter()));
			case FailedAttempts.Attempt.Allowed attempt ->
				byJwt(jwt, attempt).switchIfEmpty(Mono.error(() -> new TeamRefusal.Unauthenticated(token != null)));
		};
	}

	private boolean isPlausible(@Nullable Secret jwt) {
		return plausible != null && jwt != null && plausible.test(jwt);
	}

	// A client that disconnects during the verification of its JWT counts as failed: the
	// work was done.
	private Mono<Team> byJwt(@Nullable Secret token, FailedAttempts.Attempt.Allowed attempt) {
		if (jwts == null || token == null) {
			return Mono.empty();
		}
		return jwts.verify(token)
			.map((good) -> found(token, good, attempt))
			.doOnError(TeamRefusal.KeysUnavailable.class, (unavailable) -> attempt.hasNotFailed());
	}

	private Team found(Secret token, JwtVerifier.Good good, FailedAttempts.Attempt.Allowed attempt) {
		// Looked up after the verification, since teams may have changed during it.
		Roster roster = teams.roster();
		Team team = roster.bySubject(good.subject());
		// An expired JWT, which the clock skew allows, is verified for each request.
		if (roster.verified().remember(token, team, good.expiry())) {
			attempt.hasNotFailed();
		}
		return team;
	}

}
