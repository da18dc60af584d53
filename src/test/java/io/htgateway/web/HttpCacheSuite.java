package io.htgateway.web;

import java.time.Duration;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of the tests of the public HTTP cache test suite.
 */
abstract class HttpCacheSuite {

	static final String RISK = "/api/external/16/assets/liquidation-risk?limit=5";

	static final String HEATMAP = "/api/external/exports/coins/LINK/liquidation-heatmap";

	static final String BODY = "{\"totalCount\":0,\"items\":[]}";

	static final Duration TTL = Duration.ofMinutes(5);

	static final Duration LONG_STALE = Duration.ofMinutes(20);

	@Autowired
	Gateway gateway;

	@Autowired
	SimulatedHyperTracker upstream;

	@Autowired
	MutableClock clock;

	@Autowired
	Ways ways;

	void assertCalls(int calls) {
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls);
	}

}
