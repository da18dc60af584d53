package io.htgateway.state.webhook;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class WebhookOffIntegrationTests {

	@Autowired
	private Gateway gateway;

	@Test
	void pathWithoutASecretIsLikeAnyOtherPath() {
		assertThat(gateway.post(StateWebhook.PATH, "{\"event\":\"stateUpdated\"}", "Authorization", "Bearer ")
			.join()
			.status()).isEqualTo(405);
		assertThat(gateway.get(StateWebhook.PATH).status()).isEqualTo(404);
	}

}
