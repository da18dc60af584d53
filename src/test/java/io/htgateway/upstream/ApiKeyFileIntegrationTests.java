package io.htgateway.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.secret.MountedSecret;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.TestPropertySource;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an API key in a mounted file that is replaced while the gateway runs.
 */
@SecurityTest
@GatewayTest
@Import(ApiKeyFileIntegrationTests.Mounted.class)
@TestPropertySource(properties = "test.key-in-file=true")
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyFileIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=2";

	private static final String FILLS = "/api/external/fills/liquidation";

	private static final VirtualTimeScheduler TIME = VirtualTimeScheduler.create();

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MountedSecret mounted;

	@BeforeEach
	void restoreFirstKey() {
		replace(upstream.key());
	}

	@Test
	void callWhenFileIsReplacedUsesTheNewKey(CapturedOutput output) {
		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		replace("canary-next-77a1\n");
		gateway.get(FILLS);

		assertThat(authorization(Endpoint.RISK)).isEqualTo("Bearer " + upstream.key());
		assertThat(authorization(Endpoint.FILLS)).isEqualTo("Bearer canary-next-77a1");
		assertThat(output)
			.containsPattern(
					"File changed; its new content is in use: property=gateway.upstream.api-key-file file=/\\S+")
			.doesNotContain(upstream.key(), "canary-next");
	}

	@Test
	void callsWhenFileIsInvalidUseTheOldKey(CapturedOutput output) {
		for (String bad : new String[] { "", "canary\nnext", "canary\u0000next", "canary-n\u00e9xt",
				"x".repeat(9000) }) {
			replace(bad);
		}
		mounted.remove();
		TIME.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		assertThat(authorization(Endpoint.RISK)).isEqualTo("Bearer " + upstream.key());
		assertThat(output.getOut().lines().filter((line) -> line.contains("ERROR"))).hasSize(6);
		assertThat(output).doesNotContain("canary");
	}

	@Test
	void callsWhenKeyWasRefusedResumeWithTheNewKey() {
		upstream.answerNext(Endpoint.RISK, 1, WireMock.status(401));
		assertThat(gateway.get(RISK).status()).isEqualTo(502);
		assertThat(gateway.get(FILLS).status()).isEqualTo(502);
		assertThat(upstream.calls(Endpoint.FILLS)).isZero();
		replace("canary-next-77a1");
		upstream.answer(Endpoint.FILLS, WireMock.okJson("{\"fills\":[]}"));

		gateway.get(FILLS);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	@Test
	void callInFlightEndsWithTheOldKeyAndDoesNotAffectTheNewOne() {
		String repeats = "{\"message\":\"no %s or canary-next-77a1\"}".formatted(upstream.key());
		upstream.delay(Endpoint.RISK, Duration.ofSeconds(1));
		upstream.answer(Endpoint.RISK, WireMock.jsonResponse(repeats, 400));
		upstream.delay(Endpoint.HEATMAP, Duration.ofSeconds(1));
		upstream.answer(Endpoint.HEATMAP, WireMock.status(401));
		CompletableFuture<Gateway.Response> rejected = gateway.send("GET", RISK);
		CompletableFuture<Gateway.Response> refused = gateway.send("GET",
				"/api/external/exports/coins/BTC/liquidation-heatmap");
		Awaitility.await().until(() -> upstream.calls(Endpoint.RISK) == 1 && upstream.calls(Endpoint.HEATMAP) == 1);
		replace("canary-next-77a1");

		assertThat(rejected.join().status()).isEqualTo(400);
		assertThat(rejected.join().text()).contains("no ****** or ******").doesNotContain("canary");
		assertThat(refused.join().status()).isEqualTo(502);
		assertThat(authorization(Endpoint.RISK)).isEqualTo("Bearer " + upstream.key());
		gateway.get(FILLS);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	private void replace(String key) {
		mounted.replace(key);
		TIME.advanceTimeBy(Duration.ofSeconds(10));
	}

	private String authorization(Endpoint endpoint) {
		LoggedRequest request = upstream.requests(endpoint).getLast();
		return request.getHeader("Authorization");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Mounted {

		@Bean
		@Primary
		Scheduler time() {
			return TIME;
		}

		@Bean
		MountedSecret mountedSecret(SimulatedHyperTracker upstream) throws IOException {
			return new MountedSecret(Files.createTempDirectory("htgateway"), upstream.key());
		}

		@Bean
		DynamicPropertyRegistrar keyFile(MountedSecret mounted) {
			return (properties) -> properties.add("gateway.upstream.api-key-file", () -> mounted.path());
		}

	}

}
