package io.htgateway.history.web;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requires after each test that it caused no upstream call, and makes the store available
 * again.
 */
final class FreeReads implements AfterEachCallback {

	@Override
	public void afterEach(ExtensionContext test) {
		ApplicationContext gateway = SpringExtension.getApplicationContext(test);
		gateway.getBean(ObservedStore.class).recover();
		SimulatedHyperTracker upstream = gateway.getBean(SimulatedHyperTracker.class);
		for (Endpoint endpoint : Endpoint.values()) {
			assertThat(upstream.calls(endpoint)).as(endpoint.name()).isZero();
		}
	}

}
