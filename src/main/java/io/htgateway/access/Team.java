package io.htgateway.access;

import java.util.Set;

import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A team of callers, with its request limit and the endpoints that it may use.
 */
public final class Team {

	/**
	 * All callers of a gateway without configured teams.
	 */
	public static final Team ANONYMOUS = new Team("anonymous", null, null);

	/**
	 * Name of the team of all valid JWTs that name no configured team.
	 */
	public static final String OTHER = "other";

	private final String name;

	private final @Nullable RequestLimit limit;

	private final @Nullable Set<String> endpoints;

	/**
	 * Creates a team.
	 * @param name its name in logs and metrics
	 * @param limit its request limit, or null for no limit
	 * @param endpoints names of the endpoints that it may use, or null for all
	 */
	public Team(String name, @Nullable RequestLimit limit, @Nullable Set<String> endpoints) {
		this.name = name;
		this.limit = limit;
		this.endpoints = endpoints;
	}

	/**
	 * Returns the team's name in logs and metrics.
	 */
	public String name() {
		return name;
	}

	/**
	 * Counts a request against the team's limit, if the limit allows it.
	 * @return whether the request was admitted
	 */
	public boolean tryAdmit() {
		return limit == null || limit.tryAcquire();
	}

	/**
	 * Returns the team's request limit, or null if its requests are not limited.
	 */
	public @Nullable RequestLimit limit() {
		return limit;
	}

	/**
	 * Returns whether the team may use the endpoint with the given name.
	 */
	public boolean mayUse(String endpoint) {
		return endpoints == null || endpoints.contains(endpoint);
	}

	/**
	 * Requires that the team may use the endpoint with the given name.
	 * @throws TeamRefusal.EndpointNotAllowed if it may not
	 */
	public void requireUse(String endpoint) {
		if (!mayUse(endpoint)) {
			throw new TeamRefusal.EndpointNotAllowed(name, endpoint);
		}
	}

	/**
	 * Returns the given context with this team added.
	 */
	public Context in(Context context) {
		return context.put(Team.class, this);
	}

	/**
	 * Returns the team in the given context, or {@link #ANONYMOUS} if it has none.
	 */
	public static Team of(ContextView context) {
		return context.hasKey(Team.class) ? context.get(Team.class) : ANONYMOUS;
	}

	@Override
	public String toString() {
		return name;
	}

}
