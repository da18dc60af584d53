package io.htgateway.stream;

import java.time.Instant;

import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Test of the streams of one gateway, whose polls run only when the test says so.
 */
abstract class StreamTest {

	@Autowired
	Gateway gateway;

	@Autowired
	SimulatedHyperTracker upstream;

	StreamRuns runs;

	Instant start;

	@BeforeEach
	void begin(@Autowired ApplicationContext context) {
		runs = StreamRuns.of(context);
		start = runs.now();
	}

}
