package io.htgateway.access.authentication;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.htgateway.access.Team;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;

/**
 * The configured teams, which may be replaced while the gateway runs.
 */
public final class Teams {

	private final boolean jwts;

	private final InstantSource clock;

	private final List<Consumer<String>> listeners = new ArrayList<>();

	private final Set<String> known = new HashSet<>();

	private volatile Roster roster;

	Teams(List<TeamsProperties.Entry> first, boolean jwts, InstantSource clock) {
		this.jwts = jwts;
		this.clock = clock;
		this.roster = new Roster(first, jwts, this::newLimit, new VerifiedTokens<>(clock, VerifiedToken::expiry));
	}

	/**
	 * Returns the current teams.
	 */
	Roster roster() {
		return roster;
	}

	/**
	 * Prepares to replace the teams: passes their names to the listeners. A team whose
	 * request limit is unchanged keeps its remaining requests.
	 * @return the step that replaces the teams, which cannot fail
	 */
	synchronized Runnable prepare(List<TeamsProperties.Entry> next) {
		Roster before = roster;
		Roster after = new Roster(next, jwts, (entry) -> limit(entry, before),
				new VerifiedTokens<>(clock, VerifiedToken::expiry));
		List<String> added = after.names().stream().filter((name) -> !known.contains(name)).toList();
		known.addAll(added);
		listeners.forEach(added::forEach);
		return () -> roster = after;
	}

	private @Nullable RequestLimit limit(TeamsProperties.Entry entry, Roster before) {
		Team team = before.byName(entry.name());
		RequestLimit limit = (team != null) ? team.limit() : null;
		return (limit != null && limit.perMinute() == entry.requestsPerMinute()) ? limit : newLimit(entry);
	}

	private @Nullable RequestLimit newLimit(TeamsProperties.Entry entry) {
		long perMinute = entry.requestsPerMinute();
		return (perMinute > 0) ? new RequestLimit(perMinute, clock) : null;
	}

	/**
	 * Returns whether requests need no token. Replaced teams do not change this.
	 */
	public boolean isOpen() {
		return roster.isOpen();
	}

	/**
	 * Returns the number of currently configured teams.
	 */
	public int count() {
		return roster.configured();
	}

	/**
	 * Returns whether JWTs are accepted.
	 */
	public boolean acceptsJwts() {
		return jwts;
	}

	/**
	 * Returns the names of all current teams: of the configured ones, or
	 * {@link Team#OTHER} if only JWTs are configured, or {@link Team#ANONYMOUS} if
	 * requests need no token.
	 */
	public List<String> names() {
		return roster.names();
	}

	/**
	 * Returns the current teams that have a request limit.
	 */
	public List<Team> limited() {
		return roster.limited();
	}

	/**
	 * Returns when the last token of the given team expires, or null if one does not
	 * expire, or if the team has no token.
	 */
	public @Nullable Instant tokenExpiry(String team) {
		return roster.expiry(team);
	}

	/**
	 * Calls the given listener once with the name of each team: of the current ones now,
	 * and of each new one before the teams are replaced.
	 */
	public synchronized void forEachName(Consumer<String> listener) {
		listeners.add(listener);
		known.addAll(names());
		names().forEach(listener);
	}

}
