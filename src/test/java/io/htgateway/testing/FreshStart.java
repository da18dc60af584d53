package io.htgateway.testing;

import java.time.Duration;

import io.htgateway.breaker.Breaker;
import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.traffic.AccessLog;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Lets loads of earlier tests end, everything that they left in the cache expire, the
 * simulator forget its calls, and what guards the upstream what it learnt of it. What a
 * test has logged of its requests is written before the next one captures the output.
 */
class FreshStart implements BeforeEachCallback, AfterTestExecutionCallback {

	private static final Duration LONGER_THAN_ANY_CACHE = Duration.ofHours(27);

	private static final Duration LONGER_THAN_ANY_LOAD = Duration.ofSeconds(60);

	@Override
	public void beforeEach(ExtensionContext test) {
		ApplicationContext context = SpringExtension.getApplicationContext(test);
		ResponseCache cache = context.getBean(ResponseCache.class);
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.atMost(LONGER_THAN_ANY_LOAD)
			.until(() -> cache.loadsInFlight() == 0);
		context.getBean(MutableClock.class).advance(LONGER_THAN_ANY_CACHE);
		context.getBeanProvider(SimulatedHyperTracker.class).ifAvailable(SimulatedHyperTracker::reset);
		context.getBean(UpstreamGuard.class).keyChanged("");
		context.getBeansOfType(Breaker.class).values().forEach(Breaker::reset);
	}

	@Override
	public void afterTestExecution(ExtensionContext test) {
		SpringExtension.getApplicationContext(test).getBean(AccessLog.class).flush();
	}

}
