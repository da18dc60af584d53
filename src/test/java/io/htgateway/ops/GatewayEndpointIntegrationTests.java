package io.htgateway.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * State of the gateway for operators, and their purges.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-month=1000000")
class GatewayEndpointIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=3";

	private static final String OTHER_RISK = "/api/external/6/assets/liquidation-risk?limit=3";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String FILLS = "/api/external/fills/liquidation?coin=BTC&limit=3";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@Test
	void keysInUseAreShownWithAgeTtlAndHitsOfBothWays() {
		gateway.get(RISK);
		clock.advance(Duration.ofSeconds(42));
		ways.longWay("GET", RISK);
		ways.shortWay("GET", RISK);
		gateway.get(HEATMAP);

		assertThat(keys("risk", "5")).singleElement().satisfies((key) -> {
			assertThat(key.path("ageSeconds").asInt()).isEqualTo(42);
			assertThat(key.path("ttlSeconds").asInt()).isEqualTo(258);
			assertThat(key.path("hits").asInt()).isEqualTo(2);
		});
		assertThat(keys("heatmap", "BTC")).singleElement()
			.satisfies((key) -> assertThat(key.path("hits").asInt()).isZero());
	}

	@Test
	void hitsOfKeyAreKeptWhenItIsLoadedAnew() {
		gateway.get(RISK);
		gateway.get(RISK);
		clock.advance(Duration.ofMinutes(20));
		gateway.get(RISK);
		gateway.get(RISK);

		assertThat(keys("risk", "5")).singleElement()
			.satisfies((key) -> assertThat(key.path("hits").asInt()).isEqualTo(2));
	}

	@Test
	void keysAreBoundedInNumber() {
		for (int limit = 1; limit <= 230; limit++) {
			gateway.get("/api/external/fills/liquidation?limit=" + limit);
		}

		assertThat(state().path("keys").size()).isBetween(150, 200);
	}

	@Test
	void stateOfBudgetAndUpstreamIsShown() {
		gateway.get(RISK);
		upstream.answer(Endpoint.FILLS, WireMock.status(429).withHeader("Retry-After", "30"));
		gateway.get(FILLS);

		JsonNode state = state();

		assertThat(state.path("budget").path("windows")).extracting((window) -> window.path("name").asString())
			.containsExactly("minute", "month");
		assertThat(state.path("budget").path("projectedSpend").asLong()).isPositive();
		assertThat(state.path("stretch").asDouble()).isGreaterThanOrEqualTo(1);
		assertThat(state.path("upstream").path("available").asBoolean()).isFalse();
		assertThat(state.path("upstream").path("obstacle").asString()).isEqualTo("cooling-down");
		assertThat(state.path("upstream").path("pauseSeconds").asInt()).isEqualTo(30);
		assertThat(state.path("breakers")).extracting((breaker) -> breaker.path("name").asString())
			.containsExactlyInAnyOrder("upstream", "downloads");
		assertThat(gateway.actuator("/gateway").text()).doesNotContain(upstream.key(), "http:", "Signature", "items");
	}

	@Test
	void lastErrorOfEachEndpointIsShownWithTimeHostAndCause() {
		upstream.answer(Endpoint.FILLS, WireMock.serverError());
		gateway.get(FILLS);
		upstream.answer(Endpoint.DOWNLOAD, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		gateway.get(HEATMAP);
		upstream.answer(Endpoint.RISK, WireMock.jsonResponse("{\"message\":\"no\"}", 400));
		gateway.get(RISK);

		JsonNode errors = state().path("lastErrors");
		JsonNode fills = lastError(errors, "fills");
		JsonNode heatmap = lastError(errors, "heatmap");

		assertThat(fills.path("time").asString()).isEqualTo(clock.instant().toString());
		assertThat(fills.path("host").asString()).isEqualTo(upstream.apiBaseUrl().getAuthority());
		assertThat(fills.path("cause").asString()).isEqualTo("the upstream answered 500");
		assertThat(heatmap.path("host").asString()).isEqualTo(upstream.storeBaseUrl().getAuthority());
		assertThat(heatmap.path("cause").asString()).startsWith("it ");
		assertThat(lastError(errors, "risk").path("cause").asString()).doesNotContain("400");
		assertThat(errors.toString()).doesNotContain("Signature", "http:", "?", upstream.key());
	}

	@Test
	void configurationIsShownAsItIsLoggedAtTheStart() {
		JsonNode configuration = state().path("configuration");

		assertThat(configuration.path("upstream").asString()).isEqualTo(upstream.apiBaseUrl().getAuthority());
		assertThat(configuration.path("plan").asString()).isEqualTo("custom");
		assertThat(configuration.path("perMonth").asLong()).isEqualTo(1_000_000);
		assertThat(configuration.path("endpoints")).extracting((endpoint) -> endpoint.path("name").asString())
			.startsWith("fills", "risk", "heatmap");
		assertThat(configuration.path("endpoints").path(1).toString())
			.isEqualTo("{\"name\":\"risk\",\"ttl\":\"5m\",\"staleWhileRevalidate\":\"10m\",\"staleIfError\":\"24h\"}");
		assertThat(configuration.path("open").asBoolean()).isTrue();
		assertThat(configuration.path("secondLevel").asString()).isEqualTo("none");
		assertThat(configuration.path("key").asString()).isEqualTo("property");
	}

	@Test
	void usedAssumedAndRemainingCallsAreTheLimit() {
		gateway.get(RISK);

		JsonNode month = state().path("budget").path("windows").path(1);

		assertThat(month.path("used").asLong()).isBetween(1L, 10_000L);
		assertThat(month.path("assumed").isIntegralNumber()).isTrue();
		assertThat(month.path("used").asLong() + month.path("assumed").asLong() + month.path("remaining").asLong())
			.isEqualTo(month.path("limit").asLong());
	}

	@Test
	void exampleInTheDocumentHasTheFieldsOfTheState() throws IOException {
		List.of(RISK, HEATMAP).forEach(gateway::get);
		upstream.answer(Endpoint.FILLS, WireMock.serverError());
		gateway.get(FILLS);
		String document = Files.readString(Path.of("docs/operations.md"));
		int start = document.indexOf("```json") + "```json".length();

		JsonNode example = JsonMapper.shared().readTree(document.substring(start, document.indexOf("```", start)));

		assertThat(fields("", example)).isEqualTo(fields("", state()));
	}

	private static Set<String> fields(String path, JsonNode node) {
		Set<String> fields = new TreeSet<>();
		node.propertyStream().forEach((field) -> {
			fields.add(path + field.getKey());
			fields.addAll(fields(path + field.getKey() + ".", field.getValue()));
		});
		if (node.isArray()) {
			node.forEach((element) -> fields.addAll(fields(path, element)));
		}
		return fields;
	}

	private static JsonNode lastError(JsonNode errors, String endpoint) {
		return errors.valueStream()
			.filter((error) -> error.path("endpoint").asString().equals(endpoint))
			.findFirst()
			.orElse(JsonMapper.shared().createObjectNode());
	}

	@ParameterizedTest
	@CsvSource({ "endpoint=risk, 2, '5,6'", "cohort=5, 1, 5", "endpoint=risk&cohort=6, 1, 6", "coin=btc, 2, BTC",
			"endpoint=heatmap&coin=BTC, 1, BTC", "endpoint=heatmap, 1, BTC", "coin=xyz:BTC, 0, ''", "cohort=7, 0, ''",
			"endpoint=fills&cohort=5, 0, ''" })
	void deleteLetsWhatIsMeantBeStale(String query, int expired, String stale) {
		List.of(RISK, OTHER_RISK, HEATMAP, FILLS).forEach(gateway::get);
		int calls = calls();

		Gateway.Response response = gateway.actuator("DELETE", "/gateway?" + query);

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.json().path("expired").asInt()).isEqualTo(expired);
		assertThat(calls()).isEqualTo(calls);
		for (String name : List.of("5", "6", "BTC")) {
			keys((name.length() == 1) ? "risk" : "heatmap", name)
				.forEach((key) -> assertThat(key.path("ttlSeconds").asInt() <= 0)
					.isEqualTo(!query.startsWith("endpoint=fills") && stale.contains(name)));
		}
	}

	@Test
	void deleteTellsWhatIsStaleAlreadyFromWhatIsNotThere() {
		gateway.get(RISK);
		gateway.actuator("DELETE", "/gateway?cohort=5");

		assertThat(gateway.actuator("DELETE", "/gateway?cohort=5").text()).isEqualTo("{\"found\":1,\"expired\":0}");
		assertThat(gateway.actuator("DELETE", "/gateway?cohort=6").text()).isEqualTo("{\"found\":0,\"expired\":0}");
	}

	@Test
	void responseThatWasMadeStaleIsAnsweredWhileOneLoadRunsBehindIt() {
		Gateway.Response old = gateway.get(RISK);
		clock.advance(Duration.ofSeconds(10));
		upstream.delay(Endpoint.RISK, Duration.ofMillis(300));
		gateway.actuator("DELETE", "/gateway?cohort=5");

		for (int request = 0; request < 5; request++) {
			Gateway.Response stale = gateway.get(RISK);
			assertThat(stale.body()).isEqualTo(old.body());
			assertThat(stale.header("Cache-Status")).endsWith("; hit; ttl=0; detail=stale-while-revalidate");
			assertThat(stale.header("Age")).isEqualTo("10");
		}
		Awaitility.await().untilAsserted(() -> assertThat(gateway.get(RISK).header("Age")).isEqualTo("0"));
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void responseThatWasMadeStaleIsAnsweredWhenUpstreamIsDown() {
		Gateway.Response old = gateway.get(HEATMAP);
		upstream.answer(Endpoint.HEATMAP, WireMock.serverError());
		gateway.actuator("DELETE", "/gateway?endpoint=heatmap");
		clock.advance(Duration.ofHours(20));

		assertThat(gateway.get(HEATMAP).body()).isEqualTo(old.body());
		assertThat(gateway.actuator("DELETE", "/gateway?endpoint=heatmap").json().path("expired").asInt()).isZero();
		clock.advance(Duration.ofHours(5));
		assertThat(gateway.get(HEATMAP).status()).isEqualTo(502);
	}

	@ParameterizedTest
	@CsvSource({ "'', give at least one of endpoint",
			"'?cohrt=5', 'unknown parameter: the parameters are cohort, coin, endpoint'", "?endpoint=prices, fills",
			"?cohort=five, cohort", "?cohort=, cohort", "?cohort=05, cohort", "?coin=a%2Fb, coin", "?coin=%0D%0A, coin",
			"?endpoint=, fills", "?cohrt=5&endpoint=risk, unknown parameter: the parameters are",
			"?cohort=5&all, unknown parameter: the parameters are", "?cohort=5&cohort=6, cohort" })
	void deleteWithInvalidSelectionIsRejected(String query, String reason) {
		gateway.get(RISK);

		Gateway.Response response = gateway.actuator("DELETE", "/gateway" + query);

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().path("error").asString()).contains(reason);
		assertThat(keys("risk", "5")).singleElement()
			.satisfies((key) -> assertThat(key.path("ttlSeconds").asInt()).isPositive());
	}

	@Test
	void readWhenParameterIsGivenIsRefused() {
		Gateway.Response response = gateway.actuator("/gateway?cohort=5");

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().path("error").asString()).isEqualTo("this operation has no parameters");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /gateway, 'DELETE,GET,HEAD,POST'", "PATCH, /gateway, 'DELETE,GET,HEAD,POST'",
			"DELETE, /health, 'GET,HEAD'" })
	void otherMethodsAreRefusedAndTheRightOnesTold(String method, String path, String allowed) {
		Gateway.Response response = gateway.actuator(method, path);

		assertThat(response.status()).isEqualTo(405);
		assertThat(response.header("Allow")).isEqualTo(allowed);
		assertThat(gateway.send("DELETE", "/actuator/gateway?endpoint=risk").join().status()).isEqualTo(405);
	}

	private JsonNode state() {
		return gateway.actuator("/gateway").json();
	}

	private List<JsonNode> keys(String endpoint, String name) {
		return state().path("keys")
			.valueStream()
			.filter((key) -> key.path("endpoint").asString().equals(endpoint))
			.filter((key) -> key.path("cohort").asString("").equals(name) || key.path("coin").asString("").equals(name))
			.toList();
	}

	private int calls() {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP) + upstream.calls(Endpoint.FILLS);
	}

}
