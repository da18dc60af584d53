package io.htgateway.risk;

import java.time.Duration;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Number of upstream calls over several lifetimes of a list without stale windows.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.risk.stale-while-revalidate=0s", "gateway.risk.stale-if-error=0s" })
class FreshDeepPageCallsIntegrationTests extends DeepPageCalls {

	@Test
	void lifetimeWhenNothingWasReadForALifetimeCostsOneCallForEachBlock() {
		assertCalls(2, SECOND_BLOCK);
		clock.advance(Duration.ofMinutes(16));

		assertCalls(2, HEAD, SECOND_BLOCK);
	}

	@Test
	void lifetimeWhenDeepPageIsFirstWantedFromTheCacheOnlyAndThenReadCostsOneCallForEachBlockLater() {
		assertCalls(2, SECOND_BLOCK);
		for (int lifetime = 0; lifetime < 3; lifetime++) {
			assertCalls(2, HEAD);
			assertOnlyIfCached(SECOND_BLOCK);
			assertThat(gateway.get(SECOND_BLOCK).status()).isEqualTo(200);
		}
	}

	@Test
	void lifetimeWhenListIsPurgedCostsOneCallForEachBlock() {
		assertCalls(2, SECOND_BLOCK);
		assertThat(gateway.actuator("DELETE", "/gateway?cohort=5").status()).isEqualTo(200);

		assertCalls(2, HEAD, SECOND_BLOCK);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

}
