package io.htgateway.access;

import java.util.Set;

import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A team of callers: its remaining requests, and the endpoints that it may use.
 */
public final class Team {

	/**
	 * Whoever calls where no teams are configured.
	 */
	public static final Team ANONYMOUS = new Team("anonymous", null, null);

	/**
	 * Name of all whose JWT is good and names no team that is configured.
	 */
	public static final String OTHER = "other";

	private final String name;

	private final @Nullable RequestLimit limit;

	private final @Nullable Set<String> endpoints;

	/**
	 * Creates a team.
	 * @param limit its remaining requests, if they are limited
	 * @param endpoints names of the endpoints that it may use, or null for all
	 */
	public Team(String name, @Nullable RequestLimit limit, @Nullable Set<String> endpoints) {
		this.name = name;
		this.limit = limit;
		this.endpoints = endpoints;
	}

	/**
	 * Its name in logs and metrics.
	 */
	public String name() {
		return name;
	}

	/**
	 * Takes one request from what is left for it.
	 * @return whether there was one
	 */
	public boolean admits() {
		return limit == null || limit.take();
	}

	/**
	 * What is left of its requests, if they are limited.
	 */
	public @Nullable RequestLimit limit() {
		return limit;
	}

	/**
	 * Returns whether it may use the endpoint with the given name.
	 */
	public boolean mayUse(String endpoint) {
		return endpoints == null || endpoints.contains(endpoint);
	}

	/**
	 * Requires that it may use the endpoint with the given name.
	 * @throws TeamRefusal.EndpointNotAllowed if it may not
	 */
	public void requireUse(String endpoint) {
		if (!mayUse(endpoint)) {
			throw new TeamRefusal.EndpointNotAllowed(name, endpoint);
		}
	}

	/**
	 * The given context of all that is done for the team.
	 */
	public Context in(Context context) {
		return context.put(Team.class, this);
	}

	/**
	 * The team that what has the given context is done for.
	 */
	public static Team of(ContextView context) {
		return context.hasKey(Team.class) ? context.get(Team.class) : ANONYMOUS;
	}

	@Override
	public String toString() {
		return name;
	}

}
