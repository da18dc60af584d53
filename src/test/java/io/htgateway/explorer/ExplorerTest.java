package io.htgateway.explorer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.HistoryFolder;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.test.context.TestPropertySource;

/**
 * Test of the explorer in Chromium, against a gateway with one team, a history and
 * streams.
 */
@Tag("browser")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GatewayTest
@Import({ HistoryFolder.Configuration.class, ExplorerTest.Configuration.class })
@TestPropertySource(properties = { "gateway.access.teams[0].name=research", "gateway.history.enabled=true",
		"gateway.stream.enabled=true",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115" })
@interface ExplorerTest {

	/**
	 * Configures what tests load.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	class Configuration {

		@Bean
		@Lazy
		Data data(Gateway gateway, SimulatedHyperTracker upstream, MutableClock clock) {
			return new Data(gateway, upstream, clock);
		}

	}

	/**
	 * Loads responses into the cache, as another caller of the team would.
	 *
	 * @param gateway gateway that loads
	 * @param upstream upstream that is called
	 * @param clock clock of both
	 */
	record Data(Gateway gateway, SimulatedHyperTracker upstream, MutableClock clock) {

		static final String TOKEN = "research-token";

		Gateway.Response get(String target) {
			return gateway.get(target, "Authorization", "Bearer " + TOKEN);
		}

		Gateway.Response heatmap(String coin) {
			return get("/api/external/exports/coins/" + coin + "/liquidation-heatmap");
		}

		void cohorts(int from, int to) {
			for (int id = from; id <= to; id++) {
				get("/api/external/" + id + "/assets/liquidation-risk?limit=500");
			}
		}

		/**
		 * Loads everything that the views show first.
		 */
		void warm() {
			heatmap("BTC");
			cohorts(1, 16);
			get("/api/external/fills/liquidation?limit=500");
		}

		/**
		 * Records as many snapshots of a heatmap, twenty minutes apart.
		 */
		void record(String coin, int snapshots) {
			for (int number = 1; number <= snapshots; number++) {
				clock.advance(Duration.ofMinutes(20));
				Awaitility.await()
					.pollDelay(Duration.ZERO)
					.until(() -> heatmap(coin).header("Cache-Status").matches(".*(stored|hit; ttl=[1-9].*)"));
			}
			Awaitility.await()
				.until(() -> get("/api/history/heatmap/" + coin + "?limit=1000").json()
					.path("snapshots")
					.size() >= snapshots);
		}

		int calls() {
			return upstream.calls(Endpoint.HEATMAP) + upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.FILLS);
		}

	}

}
