package io.htgateway.testing;

import io.htgateway.GatewayApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link OwnEventLoops}.
 */
@GatewayTest
class OwnEventLoopsTests {

	@Autowired
	private Gateway gateway;

	@Test
	void managementServerWhenAnotherGatewayIsClosedGoesOn() {
		new SpringApplication(GatewayApplication.class)
			.run("--server.port=0", "--management.server.port=0", "--gateway.upstream.api-key=key")
			.close();

		assertThat(gateway.actuator("/health").status()).isEqualTo(200);
	}

}
