package io.htgateway.traffic;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No request is logged if the access log is off.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.access-log.enabled=false")
@ExtendWith(OutputCaptureExtension.class)
class AccessLogOffIntegrationTests {

	private static final String RISK = "/api/external/7/assets/liquidation-risk?limit=4";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private AccessLog log;

	@Test
	void requestIsNotToldOnEitherWay(CapturedOutput output) {
		gateway.get(RISK);
		ways.get(RISK);
		gateway.get("/nothing");

		log.close();
		assertThat(log.isOn()).isFalse();
		assertThat(output).doesNotContain("io.htgateway.access");
	}

}
