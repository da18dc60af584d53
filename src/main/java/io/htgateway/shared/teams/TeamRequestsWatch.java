package io.htgateway.shared.teams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.htgateway.shared.SharedStore;
import io.htgateway.teams.RequestLimit;
import io.htgateway.teams.Team;
import io.htgateway.teams.Teams;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets teams have their requests once, however many replicas they ask: looks once a
 * second what is left, and at which teams there are.
 */
final class TeamRequestsWatch implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * Later than connections to Redis, and before the server.
	 */
	private static final int PHASE = 1_000;

	private final Teams teams;

	private final SharedStore store;

	private final int replicas;

	private final Map<String, TeamRequests> shared = new HashMap<>();

	private Disposable watching = () -> {
	};

	private volatile boolean running;

	TeamRequestsWatch(Teams teams, SharedStore store, int replicas) {
		this.teams = teams;
		this.store = store;
		this.replicas = replicas;
	}

	@Override
	public void start() {
		follow();
		Flux.fromIterable(shared.values())
			.flatMap(TeamRequests::synchronize)
			.then()
			.timeout(PATIENCE, Mono.empty())
			.block();
		watching = Flux.interval(INTERVAL).onBackpressureDrop().subscribe((tick) -> look());
		running = true;
	}

	private void look() {
		follow();
		shared.values().forEach(TeamRequests::look);
	}

	private void follow() {
		Map<String, TeamRequests> before = Map.copyOf(shared);
		shared.clear();
		for (Team team : teams.limited()) {
			RequestLimit limit = Objects.requireNonNull(team.limit());
			TeamRequests known = before.get(team.name());
			shared.put(team.name(), (known != null && known.isOf(limit)) ? known
					: new TeamRequests(store, team.name(), limit, replicas));
		}
	}

	@Override
	public void stop() {
		running = false;
		watching.dispose();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
