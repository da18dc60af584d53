package io.htgateway.access;

import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A team of callers, with its request limit and its rights.
 */
public final class Team {

	/**
	 * All callers of a gateway without configured teams.
	 */
	public static final Team ANONYMOUS = new Team("anonymous", null, Rights.ALL);

	/**
	 * Name of the team of all valid JWTs that name no other team.
	 */
	public static final String OTHER = "other";

	private final String name;

	private final @Nullable RequestLimit limit;

	private final Rights rights;

	/**
	 * Creates a team.
	 * @param name its name in logs and metrics
	 * @param limit its request limit, or null for no limit
	 * @param rights what it may read
	 */
	public Team(String name, @Nullable RequestLimit limit, Rights rights) {
		this.name = name;
		this.limit = limit;
		this.rights = rights;
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
	 * Returns whether the team may read responses of the given scope.
	 */
	public boolean mayRead(Scope scope) {
		return rights.allow(scope);
	}

	/**
	 * Requires that the team may use the endpoint with the given name.
	 * @throws TeamRefusal.EndpointNotAllowed if it may not
	 */
	public void requireUse(String endpoint) {
		rights.requireEndpoint(name, endpoint);
	}

	/**
	 * Requires that the team may read responses of the given scope.
	 * @throws TeamRefusal if it may not, which names what it may read
	 */
	public void requireRead(Scope scope) {
		rights.require(name, scope);
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
