package io.htgateway;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for the key, for signed links, for the token of a team and for the object store's
 * address in all that the gateway sends, and for the first three in all that it logs at
 * the finest level.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=" + SecretLeakIntegrationTests.HASH })
@ExtendWith(OutputCaptureExtension.class)
class SecretLeakIntegrationTests {

	private static final List<String> PATHS = List.of("/api/external/fills/liquidation",
			"/api/external/5/assets/liquidation-risk?limit=2", "/api/external/exports/coins/BTC/liquidation-heatmap");

	private static final String TOKEN = "canary-token-77a1";

	static final String HASH = "4fa20cf616c79123729085a5f4c5a902e37c2b29968cf096e5b6d3e52229e31b";

	private static final List<String> ACTUATOR = List.of("", "/health", "/health/liveness", "/health/readiness",
			"/info", "/prometheus", "/gateway", "/sbom", "/sbom/application");

	/**
	 * The upstream of the tests runs in the same process, as does what tells of the
	 * tests' own properties.
	 */
	private static final List<String> OTHERS = List.of("wiremock", "org.wiremock", "com.github.tomakehurst",
			"org.springframework.test");

	private static final List<Endpoint> API = List.of(Endpoint.FILLS, Endpoint.RISK, Endpoint.HEATMAP);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	private String link = "";

	@BeforeEach
	void logEverything() {
		OTHERS.forEach((name) -> logger(name).setLevel(Level.INFO));
		logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
	}

	@BeforeEach
	void sign() {
		link = upstream.signedLink("BTC").toString();
		assertThat(link).contains("X-Amz-Signature=", ":" + upstream.storeBaseUrl().getPort() + "/");
	}

	@AfterEach
	void nothingIsLoggedOrMeasured(CapturedOutput output) {
		ACTUATOR.forEach((path) -> assertNothingLeaks(gateway.actuator(path), 200));
		Gateway.Response health = gateway.actuator("/health/upstream");
		assertNothingLeaks(health, health.json().path("status").asString().equals("UP") ? 200 : 503);
		logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
		assertThat(output.toString()).contains("TRACE", "DEBUG")
			.doesNotContainIgnoringCase(upstream.key())
			.doesNotContain(TOKEN)
			.doesNotContainIgnoringCase(HASH)
			.doesNotContainIgnoringCase("X-Amz-")
			.doesNotContainIgnoringCase("Bearer " + upstream.key());
	}

	@Test
	void successTellsNoSecret() {
		for (String path : PATHS) {
			assertNothingLeaks(get(path), 200);
			assertNothingLeaks(get(path), 200);
			assertNothingLeaks(send("HEAD", path, TOKEN), 200);
		}
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config", "/swagger-ui/index.html" })
	void documentationTellsNoSecret(String path) {
		assertNothingLeaks(get(path), 200);
	}

	@ParameterizedTest
	@CsvSource({ "200, 502", "302, 502", "400, 400", "401, 502", "403, 502", "404, 404", "422, 422", "429, 503",
			"500, 502", "503, 502" })
	void upstreamsErrorTellsNoSecretThatItRepeats(int status, int expected) {
		String header = "Bearer " + upstream.key();
		String text = "no %s for %s or %s or key=%s".formatted(header, link, link.substring(link.indexOf("/exports")),
				upstream.key());
		ResponseDefinitionBuilder answer = WireMock
			.jsonResponse("{\"message\":[\"%1$s\"],\"error\":\"%1$s\",\"url\":1}".formatted(text), status)
			.withHeader("WWW-Authenticate", header)
			.withHeader("X-Debug", link)
			.withHeader("Set-Cookie", "key=" + upstream.key());
		API.forEach((endpoint) -> upstream.answer(endpoint, answer));

		// Fills and cohorts always exist: their 404 is another server's.
		PATHS.forEach((path) -> assertNothingLeaks(get(path),
				(status == 404 && !path.contains("/exports/")) ? 502 : expected));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void connectionThatFailsTellsNoSecret(Fault fault) {
		for (Endpoint endpoint : API) {
			upstream.answer(endpoint, WireMock.aResponse().withFault(fault));
		}
		PATHS.forEach((path) -> assertNothingLeaks(get(path), 502));

		upstream.reset();
		upstream.answer(Endpoint.DOWNLOAD, WireMock.aResponse().withFault(fault));
		assertNothingLeaks(get(PATHS.getLast()), 502);
	}

	@Test
	void downloadThatFailsTellsNoSecret() {
		Stream
			.of(WireMock.status(403).withBody("<Error><Resource>" + link + "</Resource></Error>"),
					WireMock.status(500).withBody(link), WireMock.ok(link),
					WireMock.status(302).withHeader("Location", link),
					WireMock.status(302).withHeader("Location", link.replace("127.0.0.1", "127.0.0.2")))
			.forEach((answer) -> {
				upstream.answer(Endpoint.DOWNLOAD, answer);
				assertNothingLeaks(get(PATHS.getLast()), 502);
			});
	}

	@Test
	void linkThatIsNotFollowedTellsNoSecret() {
		Stream
			.of(link.replace("127.0.0.1", "127.0.0.2"), link.replace("http:", "ftp:"), link.replace("//", "//a@"),
					link.replace("/exports", "/%zz"), link.replace("/exports", "/ exports"))
			.forEach((target) -> {
				upstream.answer(Endpoint.HEATMAP, WireMock.status(302).withHeader("Location", target));
				assertNothingLeaks(get(PATHS.getLast()), 502);
				upstream.answer(Endpoint.HEATMAP, WireMock.okJson("{\"url\":\"" + target + "\"}"));
				assertNothingLeaks(get(PATHS.getLast()), 502);
			});
	}

	@Test
	void linkThatHasExpiredTellsNoSecret() {
		clock.advance(Duration.ofMinutes(1));
		upstream.answer(Endpoint.HEATMAP, WireMock.status(302).withHeader("Location", link));

		assertNothingLeaks(get(PATHS.getLast()), 502);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/external/fills/liquidation?limit=0", "/api/external/nothing", "/nothing",
			"/api/external/5;a/assets/liquidation-risk", "/webjars/nothing", "/error" })
	void requestThatIsRefusedTellsNoToken(String target) {
		Gateway.Response response = get(target);

		assertThat(response.status()).isBetween(400, 499);
		assertNothingLeaks(response, response.status());
	}

	@Test
	void requestOfUnknownTokenTellsNothingOfIt() {
		String unknown = TOKEN + "-unknown";
		for (String path : PATHS) {
			Gateway.Response response = send("GET", path, unknown);

			assertThat(response.status()).isEqualTo(401);
			assertThat(response.everything()).doesNotContain(TOKEN);
		}
	}

	private Gateway.Response get(String target) {
		return send("GET", target, TOKEN);
	}

	private Gateway.Response send(String method, String target, String token) {
		return gateway.send(method, target, "Authorization", "Bearer " + token, "Cookie", "session=" + token).join();
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	private void assertNothingLeaks(Gateway.Response response, int status) {
		assertThat(response.status()).as(response.everything()).isEqualTo(status);
		assertThat(response.everything()).doesNotContainIgnoringCase(upstream.key())
			.doesNotContain(TOKEN)
			.doesNotContainIgnoringCase("X-Amz-")
			.doesNotContain(":" + upstream.storeBaseUrl().getPort() + "/");
		assertThat(response.headers().headerNames()).doesNotContain("Location", "Server", "Set-Cookie",
				"WWW-Authenticate", "X-Debug");
	}

}
