package io.htgateway.ops.meter;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Meters of the connection pools. All hosts of a pool are counted together: the hosts of
 * pre-signed links must not become tags.
 */
@Component
final class PoolMeters implements ConnectionProvider.MeterRegistrar, MeterBinder {

	private final Map<Pool, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	@Override
	public void registerMetrics(String name, String id, SocketAddress remote, ConnectionPoolMetrics metrics) {
		pools.put(new Pool(name, id, remote), metrics);
	}

	@Override
	public void deRegisterMetrics(String name, String id, SocketAddress remote) {
		pools.remove(new Pool(name, id, remote));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String name : List.of("upstream", "downloads")) {
			bind(registry, name, "active", ConnectionPoolMetrics::acquiredSize);
			bind(registry, name, "idle", ConnectionPoolMetrics::idleSize);
			bind(registry, name, "pending", ConnectionPoolMetrics::pendingAcquireSize);
		}
	}

	private void bind(MeterRegistry registry, String name, String state, ToIntFunction<ConnectionPoolMetrics> size) {
		Gauge.builder("gateway.connections", this, (meters) -> meters.sum(name, size))
			.description("Connections in use or idle, and requests waiting for one")
			.tags("pool", name, "state", state)
			.register(registry);
	}

	private int sum(String name, ToIntFunction<ConnectionPoolMetrics> size) {
		return pools.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().name().equals(name))
			.mapToInt((entry) -> size.applyAsInt(Objects.requireNonNull(entry.getValue())))
			.sum();
	}

	private record Pool(String name, String id, SocketAddress remote) {
	}

}
