package io.htgateway.explorer;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a gateway without the explorer.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.explorer.enabled=false")
class ExplorerOffIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Test
	void rootLeadsToSwaggerUi() {
		Gateway.Response root = gateway.get("/");

		assertThat(root.status()).isEqualTo(302);
		assertThat(root.header("Location")).isEqualTo("swagger-ui.html");
	}

	@Test
	void filesDoNotExist() {
		Problems.check(gateway.get("/explorer/any/app.js"), 404, "about:blank");
	}

}
