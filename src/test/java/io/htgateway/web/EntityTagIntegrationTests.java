package io.htgateway.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entity tags are the same on all instances.
 */
@GatewayTest
class EntityTagIntegrationTests {

	private static final List<String> TARGETS = List.of("/api/external/fills/liquidation",
			"/api/external/5/assets/liquidation-risk?limit=50&offset=5",
			"/api/external/exports/coins/BTC/liquidation-heatmap");

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void tagIsThatOfAnyInstance() throws Exception {
		assertTagsAreMadeOfBytesAlone(gateway);
	}

	/**
	 * Asserts that the given instance derives the tags of known responses from their
	 * bytes alone.
	 */
	static void assertTagsAreMadeOfBytesAlone(Gateway instance) throws NoSuchAlgorithmException {
		for (String target : TARGETS) {
			for (String coding : List.of("identity", "gzip")) {
				Gateway.Response response = instance.get(target, "Accept-Encoding", coding);
				byte[] digest = MessageDigest.getInstance("SHA-256").digest(response.body());
				String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));

				assertThat(response.header("ETag")).isEqualTo('"' + tag + '"');
				assertThat(response.headers().containsHeader("Content-Encoding")).isEqualTo(coding.equals("gzip"));
			}
		}
	}

	@Test
	void tagChangesIfAndOnlyIfBytesChange() {
		String body = "{\"totalCount\":0,\"items\":[%s]}";
		String first = tag(body.formatted(""));

		assertThat(tag(body.formatted(""))).isEqualTo(first);
		assertThat(tag(body.formatted(" "))).isNotEqualTo(first);
		assertThat(tag(body.formatted(""))).isEqualTo(first);
	}

	private String tag(String body) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(body).withHeader("ETag", "\"upstream\""));
		clock.advance(Duration.ofHours(25));
		Gateway.Response response = gateway.get("/api/external/5/assets/liquidation-risk");
		assertThat(response.text()).isEqualTo(body);
		return response.header("ETag");
	}

}
