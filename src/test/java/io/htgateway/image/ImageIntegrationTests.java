package io.htgateway.image;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image answers as the gateway does, restricted as it is in production.
 */
@Tag("image")
class ImageIntegrationTests {

	private static final String KEY = "canary-key-5d1f";

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=3";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@AutoClose
	private final SimulatedHyperTracker upstream = SimulatedHyperTracker
		.start(Options.forTests(InstantSource.system()).withKey(KEY));

	@Test
	void endpointsAnswerWithKeyOfMountedFile() {
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of())) {
			Gateway gateway = container.gateway();

			assertThat(gateway.get("/api/external/fills/liquidation?limit=2").json().get("fills")).hasSize(2);
			assertThat(gateway.get(RISK).json().get("items")).hasSize(3);
			assertThat(gateway.get(HEATMAP).json().get("heatmap")).hasSize(250);
			assertThat(gateway.get(HEATMAP).header("Cache-Status")).contains("hit");
			assertThat(gateway.get("/swagger-ui.html").status()).isEqualTo(302);
			assertThat(gateway.actuator("/prometheus").text()).contains("gateway_requests");
			assertThat(upstream.calls(Endpoint.HEATMAP)).isOne();
			assertThat(container.output()).contains("Started GatewayApplication")
				.doesNotContain(KEY, " ERROR ", "/tmp", "max-size");
		}
	}

	@Test
	void containerIsOfNumericUserAndWritesNowhere() {
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of())) {
			var made = container.inspect();

			assertThat(Objects.requireNonNull(made.getConfig()).getUser()).isEqualTo("10001:10001");
			assertThat(made.getConfig().getHealthcheck()).isNull();
			assertThat(made.getConfig().getLabels()).containsEntry("org.opencontainers.image.title",
					"hypertracker-gateway");
			assertThat(made.getHostConfig().getReadonlyRootfs()).isTrue();
			assertThat(made.getHostConfig().getMemory()).isEqualTo(512L * 1024 * 1024);
		}
	}

	@Test
	void fileOfConfigurationGoesBeforeWhatTheImageHas() {
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of())) {
			assertThat(container.gateway().actuator("/prometheus").text()).contains(maxBytes(40));
		}
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of(),
				"gateway.cache.max-size: 32MB\n")) {
			assertThat(container.gateway().actuator("/prometheus").text()).contains(maxBytes(32));
		}
	}

	private static String maxBytes(int megabytes) {
		return "\ngateway_cache_max_bytes " + (double) (megabytes * 1024L * 1024) + "\n";
	}

	@Test
	void containersShareResponsesThroughRedis() {
		Map<String, String> shared = Map.of("GATEWAY_SHARED_ENABLED", "true", "GATEWAY_SHARED_PREFIX", "test-image",
				"SPRING_DATA_REDIS_HOST", "127.0.0.1", "SPRING_DATA_REDIS_PORT",
				String.valueOf(RedisServer.shared().port()));
		try (GatewayContainer first = GatewayContainer.start(upstream, shared);
				GatewayContainer second = GatewayContainer.start(upstream, shared)) {
			byte[] loaded = first.gateway().get(HEATMAP).body();

			assertThat(second.gateway().get(HEATMAP).body()).isEqualTo(loaded);
			assertThat(upstream.calls(Endpoint.HEATMAP)).isOne();
		}
	}

}
