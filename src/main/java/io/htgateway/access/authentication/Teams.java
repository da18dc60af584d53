package io.htgateway.access.authentication;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.htgateway.access.Team;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;

/**
 * The teams that are configured, which may change.
 */
public final class Teams {

	private final boolean jwts;

	private final InstantSource clock;

	private final List<Consumer<String>> listeners = new ArrayList<>();

	private volatile Roster roster;

	Teams(List<TeamsProperties.Entry> first, boolean jwts, InstantSource clock) {
		this.jwts = jwts;
		this.clock = clock;
		this.roster = new Roster(first, jwts, this::newLimit, new VerifiedTokens(clock));
	}

	/**
	 * The teams now.
	 */
	Roster roster() {
		return roster;
	}

	/**
	 * Prepares to replace the teams: passes their names to the listeners. A team with an
	 * unchanged request limit keeps its remaining requests.
	 * @return the step that replaces them, which cannot fail
	 */
	synchronized Runnable prepare(List<TeamsProperties.Entry> next) {
		Roster before = roster;
		Roster after = new Roster(next, jwts, (entry) -> limit(entry, before), new VerifiedTokens(clock));
		listeners.forEach(after.names()::forEach);
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
	 * Whether everybody may call, which does not change.
	 */
	public boolean isOpen() {
		return roster.isOpen();
	}

	/**
	 * Returns the number of teams that are configured now.
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
	 * The names of all that can call now.
	 */
	public List<String> names() {
		return roster.names();
	}

	/**
	 * The teams whose requests are limited now.
	 */
	public List<Team> limited() {
		return roster.limited();
	}

	/**
	 * Calls the given listener with the name of each team, now and before each change of
	 * the teams.
	 */
	public synchronized void forEachName(Consumer<String> listener) {
		listeners.add(listener);
		names().forEach(listener);
	}

}
