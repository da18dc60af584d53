package io.htgateway.teams;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells which team a request is from, by the token that it brings.
 */
public final class Authenticator {

	private final Teams teams;

	private final @Nullable JwtVerifier jwts;

	private final FailedAttempts failures;

	Authenticator(Teams teams, @Nullable JwtVerifier jwts, InstantSource clock) {
		this.teams = teams;
		this.jwts = jwts;
		this.failures = new FailedAttempts(clock);
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
		Duration wait = failures.wait(client);
		if (wait != null) {
			return Mono.error(new TeamRefusal.TooManyFailures(wait));
		}
		return byJwt(token).switchIfEmpty(Mono.error(() -> refused(token, client)));
	}

	private Mono<Team> byJwt(@Nullable Secret token) {
		if (jwts == null || token == null || !JwtVerifier.isJwt(token)) {
			return Mono.empty();
		}
		return jwts.verify(token).map((good) -> {
			// Not before: teams may have changed while it was verified.
			Roster roster = teams.roster();
			Team team = roster.bySubject(good.subject());
			roster.verified().remember(token, team, good.expiry());
			return team;
		});
	}

	private TeamRefusal refused(@Nullable Secret token, @Nullable InetSocketAddress client) {
		failures.count(client);
		return new TeamRefusal.Unauthenticated(token != null);
	}

}
