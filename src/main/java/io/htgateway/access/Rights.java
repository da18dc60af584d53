package io.htgateway.access;

import java.util.Collection;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Endpoints, coins and cohorts that a team may read. Without a list of one kind, the team
 * may read all of that kind.
 */
public final class Rights {

	/**
	 * The rights of a team without lists.
	 */
	public static final Rights ALL = new Rights(null, null, null);

	private static final int MAX_SHOWN = 60;

	private final @Nullable AllowedNames endpoints;

	private final @Nullable AllowedNames coins;

	private final @Nullable AllowedNames segments;

	private Rights(@Nullable AllowedNames endpoints, @Nullable AllowedNames coins, @Nullable AllowedNames segments) {
		this.endpoints = endpoints;
		this.coins = coins;
		this.segments = segments;
	}

	/**
	 * Creates rights.
	 * @param endpoints names of the allowed endpoints, or null for all
	 * @param coins the allowed coins in the upstream's spelling, or null for all
	 * @param segments ids of the allowed cohorts, or null for all
	 */
	public static Rights of(@Nullable Collection<String> endpoints, @Nullable Collection<String> coins,
			@Nullable Collection<String> segments) {
		return new Rights(names(endpoints), names(coins), names(segments));
	}

	private static @Nullable AllowedNames names(@Nullable Collection<String> names) {
		return (names != null) ? new AllowedNames(names) : null;
	}

	boolean allow(Scope scope) {
		return (endpoints == null || endpoints.contains(scope.endpoint()))
				&& (coins == null || coins.cover(scope.coins()))
				&& (segments == null || segments.cover(scope.segments()));
	}

	/**
	 * Requires that the endpoint of the given name is allowed.
	 * @throws TeamRefusal.EndpointNotAllowed if it is not
	 */
	void requireEndpoint(String team, String endpoint) {
		if (endpoints != null && !endpoints.contains(endpoint)) {
			throw new TeamRefusal.EndpointNotAllowed(team, endpoint, endpoints.toString());
		}
	}

	/**
	 * Requires that the given scope is allowed.
	 * @throws TeamRefusal.EndpointNotAllowed if its endpoint is not
	 * @throws TeamRefusal.DataNotAllowed if its coins or cohorts are not
	 */
	void require(String team, Scope scope) {
		requireEndpoint(team, scope.endpoint());
		refusal(team, scope).ifPresent((refusal) -> {
			throw refusal;
		});
	}

	/**
	 * Returns the refusal of the coins or cohorts in the given scope, or nothing if they
	 * are allowed.
	 */
	public Optional<TeamRefusal> refusal(String team, Scope scope) {
		if (coins != null && !coins.cover(scope.coins())) {
			return Optional.of(refusal(team, scope.endpoint(), scope.coins(), coins, new Words("coin", "coins")));
		}
		if (segments != null && !segments.cover(scope.segments())) {
			return Optional
				.of(refusal(team, scope.endpoint(), scope.segments(), segments, new Words("cohort", "segments")));
		}
		return Optional.empty();
	}

	private static TeamRefusal refusal(String team, String endpoint, Extent extent, AllowedNames allowed, Words words) {
		return switch (extent) {
			case Extent.Named named -> new TeamRefusal.DataNotAllowed(
					"the team %s may not read the %s %s; it may read %s; the gateway's operators can add it to the team's %s"
						.formatted(team, words.noun(), shown(allowed.missing(named).getFirst()), allowed,
								words.property()));
			case Extent.All all when all.parameter() != null -> new TeamRefusal.DataNotAllowed(
					"the team %s may not read all %ss; send the parameter %s with one that it may read: %s"
						.formatted(team, words.noun(), all.parameter(), allowed));
			case Extent.Undeclared unknown -> new TeamRefusal.DataNotAllowed(
					"the team %s may not use the endpoint %s, because its declaration does not say which parameter names the %s; it may read only %s; the gateway's operators can set %s"
						.formatted(team, endpoint, words.noun(), allowed, unknown.property()));
			case Extent.All _, Extent.None _ -> new TeamRefusal.DataNotAllowed(
					"the team %s may not use the endpoint %s, whose responses contain all %ss; it may read only %s"
						.formatted(team, endpoint, words.noun(), allowed));
		};
	}

	private static String shown(String name) {
		return (name.length() > MAX_SHOWN) ? name.substring(0, MAX_SHOWN) + "..." : name;
	}

	/**
	 * Words for a kind of data in messages.
	 *
	 * @param noun one of them
	 * @param property name of the list in a team's entry
	 */
	private record Words(String noun, String property) {
	}

}
