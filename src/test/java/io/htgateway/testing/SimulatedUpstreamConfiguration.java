package io.htgateway.testing;

import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * Puts the gateway before the simulated HyperTracker.
 */
@TestConfiguration(proxyBeanMethods = false)
class SimulatedUpstreamConfiguration {

	@Bean
	SimulatedHyperTracker simulatedHyperTracker(MutableClock clock) {
		return SimulatedHyperTracker.start(Options.forTests(clock).withKey("canary-key-5d1f"));
	}

	@Bean
	DynamicPropertyRegistrar simulatedUpstreamProperties(SimulatedHyperTracker upstream) {
		return (properties) -> {
			properties.add("gateway.upstream.base-url", upstream::apiBaseUrl);
			properties.add("gateway.upstream.api-key", upstream::key);
			properties.add("gateway.downloads.allow-insecure", () -> true);
			properties.add("gateway.downloads.allowed-hosts", () -> upstream.storeBaseUrl().getHost());
		};
	}

}
