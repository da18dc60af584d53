package io.htgateway.access.authentication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.htgateway.access.Team;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.config.TokenHash;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The teams as they are configured at one time, and the tokens that were found good for
 * them. Both go together, so that a token that is found while the teams change is
 * remembered where nobody looks any more.
 */
final class Roster {

	private final Map<String, Team> byName = new LinkedHashMap<>();

	private final Map<String, Team> bySubject = new HashMap<>();

	private final List<Token> tokens = new ArrayList<>();

	private final VerifiedTokens verified;

	private final int configured;

	/**
	 * A roster of the given teams.
	 * @param jwts whether JWTs are taken too
	 * @param limits gives the limit of a team, or null where it has none
	 * @param verified nothing yet
	 */
	Roster(List<TeamsProperties.Entry> teams, boolean jwts,
			Function<TeamsProperties.Entry, @Nullable RequestLimit> limits, VerifiedTokens verified) {
		this.verified = verified;
		this.configured = teams.size();
		for (TeamsProperties.Entry entry : teams) {
			Team team = new Team(entry.name(), limits.apply(entry), endpoints(entry));
			byName.put(entry.name(), team);
			entry.subjects().forEach((subject) -> bySubject.put(subject, team));
			entry.tokenSha256().forEach((hash) -> tokens.add(new Token(TokenHash.parse(hash), team)));
		}
		if (jwts) {
			byName.putIfAbsent(Team.OTHER, new Team(Team.OTHER, null, null));
		}
	}

	private static @Nullable Set<String> endpoints(TeamsProperties.Entry entry) {
		List<String> endpoints = entry.endpoints();
		return (endpoints != null) ? new HashSet<>(endpoints) : null;
	}

	boolean isOpen() {
		return byName.isEmpty();
	}

	/**
	 * Returns the number of configured teams.
	 */
	int configured() {
		return configured;
	}

	List<String> names() {
		return isOpen() ? List.of(Team.ANONYMOUS.name()) : List.copyOf(byName.keySet());
	}

	/**
	 * The teams whose requests are limited.
	 */
	List<Team> limited() {
		return byName.values().stream().filter((team) -> team.limit() != null).toList();
	}

	@Nullable Team byName(String name) {
		return byName.get(name);
	}

	/**
	 * The team that the given token is of, or null. Looks at all tokens whichever it is.
	 */
	@Nullable Team byToken(Secret presented) {
		TokenHash hash = TokenHash.of(presented);
		Team found = null;
		for (Token token : tokens) {
			found = token.hash().matches(hash) ? token.team() : found;
		}
		return found;
	}

	/**
	 * The team of a JWT that names the given one.
	 */
	Team bySubject(String subject) {
		Team listed = bySubject.get(subject);
		Team named = (listed != null) ? listed : byName.get(subject);
		return (named != null) ? named : Objects.requireNonNull(byName.get(Team.OTHER));
	}

	/**
	 * The tokens that were found good for these teams a moment ago.
	 */
	VerifiedTokens verified() {
		return verified;
	}

	private record Token(TokenHash hash, Team team) {
	}

}
