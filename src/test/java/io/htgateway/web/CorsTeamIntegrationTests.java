package io.htgateway.web;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that pages of a team may read.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.cors.allowed-origins=https://dashboard.example",
		"gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=" + CorsTeamIntegrationTests.HASH })
class CorsTeamIntegrationTests {

	static final String HASH = "4fa20cf616c79123729085a5f4c5a902e37c2b29968cf096e5b6d3e52229e31b";

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=2";

	private static final String ORIGIN = "https://dashboard.example";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Test
	void preflightNeedsNoToken() {
		Gateway.Response response = gateway
			.send("OPTIONS", RISK, "Origin", ORIGIN, "Access-Control-Request-Method", "GET",
					"Access-Control-Request-Headers", "authorization")
			.join();

		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Access-Control-Allow-Headers")).contains("Authorization");
	}

	@Test
	void answersToTheTeamMayBeReadAndThoseToNobodySayWhy() {
		for (int request = 0; request < 3; request++) {
			Gateway.Response answer = gateway.get(RISK, "Origin", ORIGIN, "Authorization", "Bearer canary-token-77a1");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
		}
		ways.get(RISK, "Origin", ORIGIN, "Authorization", "Bearer canary-token-77a1");
		Gateway.Response refused = gateway.get(RISK, "Origin", ORIGIN);

		Problems.check(refused, 401, Problems.OWN + "unauthenticated");
		assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
	}

}
