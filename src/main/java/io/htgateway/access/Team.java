package io.htgateway.access;

import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Who calls: a team, and what is left of its requests.
 */
public final class Team {

	/**
	 * Whoever calls where no teams are configured.
	 */
	public static final Team ANONYMOUS = new Team("anonymous", null);

	/**
	 * Name of all whose JWT is good and names no team that is configured.
	 */
	public static final String OTHER = "other";

	private final String name;

	private final @Nullable RequestLimit limit;

	public Team(String name, @Nullable RequestLimit limit) {
		this.name = name;
		this.limit = limit;
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
