package io.htgateway.access.authentication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.htgateway.access.Rights;
import io.htgateway.access.Team;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.config.TokenHash;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The teams of one configuration, together with the tokens verified for them. A token
 * whose verification ends after the teams were replaced is remembered in the old roster,
 * which is not read again.
 */
final class Roster {

	private final Map<String, Team> byName = new LinkedHashMap<>();

	private final Map<String, Team> bySubject = new HashMap<>();

	private final List<Token> tokens = new ArrayList<>();

	private final Map<String, Instant> expiries = new LinkedHashMap<>();

	private final VerifiedTokens<VerifiedToken> verified;

	private final int configured;

	/**
	 * Creates a roster of the given teams.
	 * @param jwts whether JWTs are accepted
	 * @param limits returns the request limit of a team, or null for no limit
	 * @param verified empty store of verified tokens
	 */
	Roster(List<TeamsProperties.Entry> teams, boolean jwts,
			Function<TeamsProperties.Entry, @Nullable RequestLimit> limits, VerifiedTokens<VerifiedToken> verified) {
		this.verified = verified;
		this.configured = teams.size();
		for (TeamsProperties.Entry entry : teams) {
			Team team = new Team(entry.name(), limits.apply(entry), entry.rights());
			byName.put(entry.name(), team);
			lastExpiry(entry).ifPresent((expiry) -> expiries.put(entry.name(), expiry));
			entry.subjects().forEach((subject) -> bySubject.put(subject, team));
			entry.allTokens()
				.forEach((token) -> tokens
					.add(new Token(TokenHash.parse(token.sha256()), new VerifiedToken(team, token.expiry()))));
		}
		// Without teams, the issuer alone decides who may call.
		if (jwts && teams.isEmpty()) {
			byName.put(Team.OTHER, new Team(Team.OTHER, null, Rights.ALL));
		}
	}

	private static Optional<Instant> lastExpiry(TeamsProperties.Entry entry) {
		List<Instant> expiries = entry.allTokens()
			.stream()
			.flatMap((token) -> Stream.ofNullable(token.expiry()))
			.sorted()
			.toList();
		return (expiries.size() == entry.allTokens().size()) ? expiries.reversed().stream().findFirst()
				: Optional.empty();
	}

	/**
	 * Returns whether requests need no token.
	 */
	boolean isOpen() {
		return byName.isEmpty();
	}

	/**
	 * Returns the number of configured teams.
	 */
	int configured() {
		return configured;
	}

	/**
	 * Returns the names of the configured teams. Without any, returns {@link Team#OTHER}
	 * if JWTs are accepted, and otherwise {@link Team#ANONYMOUS}.
	 */
	List<String> names() {
		return isOpen() ? List.of(Team.ANONYMOUS.name()) : List.copyOf(byName.keySet());
	}

	/**
	 * Returns the teams that have a request limit.
	 */
	List<Team> limited() {
		return byName.values().stream().filter((team) -> team.limit() != null).toList();
	}

	@Nullable Team byName(String name) {
		return byName.get(name);
	}

	/**
	 * Returns the given token if it is that of a team, expired or not, or null. Compares
	 * all tokens in any case, so that the time does not show which one matches.
	 */
	@Nullable VerifiedToken byToken(Secret presented) {
		TokenHash hash = TokenHash.of(presented);
		VerifiedToken found = null;
		for (Token token : tokens) {
			found = token.hash().matches(hash) ? token.verified() : found;
		}
		return found;
	}

	/**
	 * Returns the team of a JWT: the one that lists the subject, else the one of that
	 * name, else {@link Team#OTHER}, or null if there is none of that name either.
	 * @param subject the claim that names the team
	 */
	@Nullable Team bySubject(String subject) {
		Team listed = bySubject.get(subject);
		Team named = (listed != null) ? listed : byName.get(subject);
		return (named != null) ? named : byName.get(Team.OTHER);
	}

	/**
	 * Returns when the last token of the given team expires, or null if the team has a
	 * token that does not expire, or no token.
	 */
	@Nullable Instant expiry(String team) {
		return expiries.get(team);
	}

	/**
	 * Returns the teams whose tokens all expire, with the time of the last one.
	 */
	Map<String, Instant> expiries() {
		return expiries;
	}

	/**
	 * Returns the recently verified tokens of these teams.
	 */
	VerifiedTokens<VerifiedToken> verified() {
		return verified;
	}

	private record Token(TokenHash hash, VerifiedToken verified) {
	}

}
