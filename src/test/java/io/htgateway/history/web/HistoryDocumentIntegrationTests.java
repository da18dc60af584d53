package io.htgateway.history.web;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.htgateway.history.store.Snapshot;
import io.htgateway.testing.Gateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the API document of the history with the responses of the gateway.
 */
@HistoryTest
class HistoryDocumentIntegrationTests {

	private static final String LIST = "/api/history/{endpoint}/{key}";

	private static final String SNAPSHOT = LIST + "/{time}";

	@Autowired
	private Gateway gateway;

	@Autowired
	private StoredHistory history;

	private JsonNode document;

	@BeforeEach
	void read() {
		document = gateway.get("/v3/api-docs").json();
	}

	@Test
	void operationsFollowTheMirroredEndpointsAlsoWhenReadAgain() {
		assertThat(document.path("paths").propertyNames())
			.containsSubsequence("/api/external/exports/coins/{coin}/liquidation-heatmap", LIST, SNAPSHOT);
		assertThat(gateway.get("/v3/api-docs").json()).isEqualTo(document);
		assertThat(gateway.get("/v3/api-docs.yaml").text()).contains(LIST, SNAPSHOT);
	}

	@Test
	void parametersAreThoseOfTheGateway() {
		assertThat(names(LIST)).containsExactly("endpoint", "key", "from", "to", "limit", "cursor");
		assertThat(names(SNAPSHOT)).containsExactly("endpoint", "key", "time");
		assertThat(gateway.get("/api/history/heatmap/BTC?from=2026-11-27T00:00:00Z&to=2026-11-28T00:00:00Z&limit=100")
			.status()).isEqualTo(200);
	}

	private List<String> names(String path) {
		return operation(path).path("parameters")
			.valueStream()
			.map((parameter) -> parameter.path("name").asString())
			.toList();
	}

	@ParameterizedTest
	@CsvSource({ LIST + ", 400, invalid-parameters, ?limit=1001", SNAPSHOT + ", 400, invalid-parameters,",
			LIST + ", 404, not-recorded,", SNAPSHOT + ", 404, not-recorded,", SNAPSHOT + ", 404, no-snapshot," })
	void exampleOfProblemIsWhatTheGatewayAnswers(String path, String status, String name, String query) {
		ObjectNode example = (ObjectNode) operation(path)
			.at("/responses/" + status + "/content/application~1problem+json/examples/" + name + "/value");

		ObjectNode answer = (ObjectNode) gateway
			.get(example.path("instance").asString() + ((query != null) ? query : ""))
			.json();

		answer.remove("requestId");
		example.remove("requestId");
		assertThat(answer).isEqualTo(example);
	}

	@ParameterizedTest
	@ValueSource(strings = { LIST, SNAPSHOT })
	void everyProblemHasExamplesAndNamesTheirTypes(String path) {
		Set<String> statuses = new TreeSet<>(operation(path).path("responses").propertyNames());
		statuses.removeAll(List.of("200", "304"));

		assertThat(statuses).contains("400", "401", "403", "404", "405", "406", "429", "500", "503");
		assertThat(statuses.contains("502")).isEqualTo(path.equals(SNAPSHOT));
		for (String status : statuses) {
			JsonNode response = operation(path).at("/responses/" + status);
			JsonNode examples = response.at("/content/application~1problem+json/examples");
			assertThat(examples.size()).as(status).isPositive();
			assertThat(examples.valueStream()).allSatisfy((example) -> {
				assertThat(response.path("description").asString())
					.contains("- `" + example.at("/value/type").asString() + "`: ");
				assertThat(example.at("/value/status").asString()).isEqualTo(status);
			});
		}
	}

	@Test
	void headersAndFieldsAreThoseOfTheAnswers() {
		Snapshot stored = history.add("risk/9", StoredHistory.START, "{}");
		Gateway.Response list = gateway.get("/api/history/risk/9");
		Gateway.Response snapshot = gateway.get("/api/history/risk/9/" + stored.time());

		assertThat(operation(LIST).at("/responses/200/headers").propertyNames())
			.isSubsetOf(list.headers().headerNames().stream().map((name) -> canonical(LIST, name)).toList());
		assertThat(operation(SNAPSHOT).at("/responses/200/headers").propertyNames())
			.isSubsetOf(snapshot.headers().headerNames().stream().map((name) -> canonical(SNAPSHOT, name)).toList());
		JsonNode schema = operation(LIST).at("/responses/200/content/application~1json/schema/properties");
		assertThat(schema.propertyNames()).containsExactlyElementsOf(list.json().propertyNames());
		assertThat(schema.at("/snapshots/items/properties").propertyNames())
			.containsExactlyElementsOf(list.json().at("/snapshots/0").propertyNames());
	}

	private String canonical(String path, String name) {
		return operation(path).at("/responses/200/headers")
			.propertyNames()
			.stream()
			.filter(name::equalsIgnoreCase)
			.findFirst()
			.orElse(name);
	}

	private JsonNode operation(String path) {
		return document.path("paths").path(path).path("get");
	}

}
