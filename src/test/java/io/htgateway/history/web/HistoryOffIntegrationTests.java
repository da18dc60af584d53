package io.htgateway.history.web;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a gateway whose history is off.
 */
@GatewayTest
class HistoryOffIntegrationTests {

	@Autowired
	private Gateway gateway;

	@ParameterizedTest
	@ValueSource(strings = { "/api/history/heatmap/BTC", "/api/history/heatmap/BTC/2026-10-01T00:00:00Z" })
	void pathsDoNotExist(String path) {
		assertThat(Problems.check(gateway.get(path), 404, "about:blank").path("detail").asString())
			.startsWith("no endpoint has this path");
	}

	@Test
	void documentDoesNotHaveThem() {
		assertThat(gateway.get("/v3/api-docs").text()).doesNotContain("/api/history");
	}

}
