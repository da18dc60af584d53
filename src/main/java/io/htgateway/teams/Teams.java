package io.htgateway.teams;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The teams that are configured.
 */
public final class Teams {

	private final Map<String, Team> byName = new LinkedHashMap<>();

	private final Map<String, Team> bySubject = new HashMap<>();

	private final List<Token> tokens = new ArrayList<>();

	Teams(TeamsProperties properties, InstantSource clock) {
		for (TeamsProperties.Entry entry : properties.teams()) {
			Team team = new Team(entry.name(), limit(entry.requestsPerMinute(), clock));
			byName.put(entry.name(), team);
			entry.subjects().forEach((subject) -> bySubject.put(subject, team));
			entry.tokenSha256().forEach((hash) -> tokens.add(new Token(TokenHash.parse(hash), team)));
		}
		if (properties.teamsJwt() != null) {
			byName.putIfAbsent(Team.OTHER, new Team(Team.OTHER, null));
		}
	}

	private static @Nullable RequestLimit limit(long perMinute, InstantSource clock) {
		return (perMinute > 0) ? new RequestLimit(perMinute, clock) : null;
	}

	/**
	 * Whether everybody may call.
	 */
	public boolean isOpen() {
		return byName.isEmpty();
	}

	/**
	 * The names of all that can call.
	 */
	public List<String> names() {
		return isOpen() ? List.of(Team.ANONYMOUS.name()) : List.copyOf(byName.keySet());
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

	private record Token(TokenHash hash, Team team) {
	}

}
