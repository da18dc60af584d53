package io.htgateway.shared.teams;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.htgateway.access.Team;
import io.htgateway.access.authentication.Teams;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Synchronizes the request limits of all teams with other replicas once a second, so that
 * a team has its requests once, however many replicas it uses. Follows changes of teams.
 */
final class TeamRequestsSynchronizer extends Synchronizer {

	private final Teams teams;

	private final SharedStore store;

	private final int replicas;

	private final Map<String, TeamRequests> shared = new HashMap<>();

	TeamRequestsSynchronizer(Teams teams, SharedStore store, int replicas) {
		this.teams = teams;
		this.store = store;
		this.replicas = replicas;
	}

	@Override
	protected Mono<Void> synchronize() {
		updateTeams();
		return Flux.fromIterable(shared.values()).flatMap(TeamRequests::synchronize).then();
	}

	@Override
	protected Mono<Void> poll() {
		updateTeams();
		shared.values().forEach(TeamRequests::poll);
		return Mono.empty();
	}

	private void updateTeams() {
		Map<String, TeamRequests> before = Map.copyOf(shared);
		shared.clear();
		for (Team team : teams.limited()) {
			RequestLimit limit = Objects.requireNonNull(team.limit());
			TeamRequests known = before.get(team.name());
			shared.put(team.name(), (known != null && known.isOf(limit)) ? known
					: new TeamRequests(store, team.name(), limit, replicas));
		}
	}

}
