package io.htgateway.testing.replicas;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import org.jspecify.annotations.Nullable;

/**
 * Gateways with the same settings before one simulated HyperTracker, which mostly share
 * one Redis under keys of their own. All end with this. The budget is as good as none,
 * unless a test sets one.
 */
public final class Replicas implements AutoCloseable {

	/**
	 * Longer than the gateway's own: that of a test's machine can be used whenever it is
	 * there, however busy all are.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final @Nullable InstantSource clock;

	private final SimulatedHyperTracker upstream;

	private final String prefix = "test-" + UUID.randomUUID();

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final List<Replica> replicas = new ArrayList<>();

	// The simulator publishes a state every five minutes of the system clock. It would
	// make
	// responses stale in the middle of a test.
	private Replicas(@Nullable InstantSource clock, SimulatedHyperTracker upstream) {
		this.clock = clock;
		this.upstream = upstream;
		with("gateway.upstream.base-url", upstream.apiBaseUrl()).with("gateway.upstream.api-key", upstream.key())
			.with("gateway.downloads.allow-insecure", true)
			.with("gateway.downloads.allowed-hosts", upstream.storeBaseUrl().getHost())
			.with("gateway.cache.ttl-jitter", 0)
			.with("gateway.budget.plan", "custom")
			.with("gateway.budget.per-minute", 1_000_000_000)
			.with("gateway.state.max-share", 0)
			.with("gateway.risk.follows-state", false)
			.with("gateway.heatmap.follows-state", false);
	}

	/**
	 * None yet, which share nothing, each with the clock that a gateway has.
	 */
	public static Replicas alone() {
		return new Replicas(null, SimulatedHyperTracker.start(Options.forTests(InstantSource.system())));
	}

	/**
	 * None yet, which share nothing, of the given clock.
	 */
	public static Replicas alone(InstantSource clock) {
		return new Replicas(clock, SimulatedHyperTracker.start(Options.forTests(clock)));
	}

	/**
	 * None yet, each with the clock that a gateway has.
	 */
	public static Replicas on(RedisServer redis) {
		return alone().sharing(redis);
	}

	/**
	 * None yet, of the given clock, which those in processes of their own do not have.
	 */
	public static Replicas on(RedisServer redis, InstantSource clock) {
		return alone(clock).sharing(redis);
	}

	/**
	 * Prepares replicas whose upstream uses the given clock. The replicas use the
	 * system's clock.
	 */
	public static Replicas before(InstantSource upstream, RedisServer redis) {
		return new Replicas(null, SimulatedHyperTracker.start(Options.forTests(upstream))).sharing(redis);
	}

	private Replicas sharing(RedisServer redis) {
		return with("gateway.shared.enabled", true).with("gateway.shared.prefix", prefix)
			.with("gateway.shared.timeout", PATIENCE)
			.with("spring.data.redis.host", "127.0.0.1")
			.with("spring.data.redis.port", redis.port());
	}

	/**
	 * Sets a property of all replicas that are started from now on.
	 */
	public Replicas with(String name, Object value) {
		properties.put(name, value);
		return this;
	}

	/**
	 * Starts the given number of replicas in this JVM, one after the other.
	 */
	public Replicas start(int count) {
		try {
			for (int left = count; left > 0; left--) {
				add();
			}
			return this;
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Starts one more in this JVM.
	 */
	public ReplicaContext add() {
		List<String> arguments = arguments();
		arguments.add("--server.port=0");
		arguments.add("--management.server.port=0");
		ReplicaContext replica = ReplicaContext.start(clock, arguments);
		replicas.add(replica);
		return replica;
	}

	/**
	 * Starts one more in a JVM of its own.
	 * @param options of that JVM
	 */
	public ReplicaProcess addProcess(String... options) {
		ReplicaProcess replica = ReplicaProcess.start(List.of(options), arguments());
		replicas.add(replica);
		return replica;
	}

	private List<String> arguments() {
		List<String> arguments = new ArrayList<>();
		properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return arguments;
	}

	/**
	 * Stops one gracefully: it is none of them from now on.
	 */
	public void stop(Replica replica) {
		replicas.remove(replica);
		replica.stop();
	}

	/**
	 * Counts one no more that was killed.
	 */
	public void forget(Replica killed) {
		replicas.remove(killed);
		killed.close();
	}

	/**
	 * The replicas in the order in which they were started.
	 */
	public List<Replica> all() {
		return List.copyOf(replicas);
	}

	/**
	 * Clients of the replicas in the order in which they were started.
	 */
	public List<Gateway> gateways() {
		return replicas.stream().map(Replica::gateway).toList();
	}

	/**
	 * A client of one replica, the first being 0.
	 */
	public Gateway gateway(int number) {
		return replicas.get(number).gateway();
	}

	public SimulatedHyperTracker upstream() {
		return upstream;
	}

	/**
	 * What all of their keys and channels in Redis begin with.
	 */
	public String prefix() {
		return prefix;
	}

	@Override
	public void close() {
		try (upstream) {
			replicas.forEach(Replica::close);
		}
	}

}
