package io.htgateway.testing;

import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * Puts the gateway before the simulated HyperTracker.
 */
@TestConfiguration(proxyBeanMethods = false)
class SimulatedUpstreamConfiguration {

	/**
	 * Set where a test puts the key into a file.
	 */
	private static final String KEY_IN_FILE = "test.key-in-file";

	@Bean
	SimulatedHyperTracker simulatedHyperTracker(MutableClock clock) {
		return SimulatedHyperTracker.start(Options.forTests(clock).withKey("canary-key-5d1f"));
	}

	@Bean
	DynamicPropertyRegistrar simulatedUpstreamProperties(SimulatedHyperTracker upstream, Environment environment) {
		return (properties) -> {
			properties.add("gateway.upstream.base-url", upstream::apiBaseUrl);
			if (!environment.containsProperty(KEY_IN_FILE)) {
				properties.add("gateway.upstream.api-key", upstream::key);
			}
			properties.add("gateway.downloads.allow-insecure", () -> true);
			properties.add("gateway.downloads.allowed-hosts", () -> upstream.storeBaseUrl().getHost());
		};
	}

}
