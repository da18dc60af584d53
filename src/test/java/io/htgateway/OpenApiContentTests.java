package io.htgateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the OpenAPI document says, compared with what the gateway does.
 */
@GatewayTest
class OpenApiContentTests {

	private static final String FILLS = "/api/external/fills/liquidation";

	private static final String RISK = "/api/external/{segmentId}/assets/liquidation-risk";

	private static final String HEATMAP = "/api/external/exports/coins/{coin}/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	private JsonNode document;

	@BeforeEach
	void read() {
		document = gateway.get("/v3/api-docs").json();
	}

	static List<String> paths() {
		return List.of(FILLS, RISK, HEATMAP);
	}

	@Test
	void endpointsAndSchemesAreInTheOrderOfTheReadme() {
		assertThat(document.path("paths").propertyNames()).startsWith(FILLS, RISK, HEATMAP);
		assertThat(document.at("/components/securitySchemes").propertyNames()).containsExactly("teamToken", "apiKey");
	}

	@Test
	void tokenIsOptionalForOpenMode() {
		assertThat(document.path("security").valueStream().map(JsonNode::toString))
			.containsExactly("{\"teamToken\":[]}", "{\"apiKey\":[]}", "{}");
	}

	@ParameterizedTest
	@MethodSource("paths")
	void exampleOfWrongParameterIsWhatTheGatewayAnswers(String path) {
		ObjectNode example = (ObjectNode) response(path, "400")
			.at("/content/application~1problem+json/examples/invalid-parameters/value");
		JsonNode error = example.at("/errors/0");
		String query = path.contains("{coin}") ? ""
				: "?" + error.path("parameter").asString() + "=" + error.path("rejected").asString();

		ObjectNode answer = (ObjectNode) gateway.get(example.path("instance").asString() + query).json();

		answer.remove("requestId");
		example.remove("requestId");
		assertThat(answer).isEqualTo(example);
	}

	@ParameterizedTest
	@MethodSource("paths")
	void everyStatusNamesTheTypesOfItsExamples(String path) {
		operation(path).path("responses").properties().stream().skip(2).forEach((response) -> {
			String description = response.getValue().path("description").asString();
			JsonNode examples = response.getValue().at("/content/application~1problem+json/examples");

			assertThat(examples.size()).as(response.getKey()).isPositive();
			assertThat(examples.valueStream()).allSatisfy((example) -> {
				assertThat(description).contains("- `" + example.at("/value/type").asString() + "`: ");
				assertThat(example.at("/value/status").asString()).isEqualTo(response.getKey());
				assertThat(example.at("/value/instance").asString()).doesNotContain("{");
			});
		});
	}

	@ParameterizedTest
	@CsvSource({ FILLS + ", false", RISK + ", false", HEATMAP + ", true" })
	void onlyCoinsCanBeUnknown(String path, boolean expected) {
		assertThat(operation(path).path("responses").has("404")).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("paths")
	void headersHaveTheirTypes(String path) {
		assertThat(response(path, "200").at("/headers/Age/schema/type").asString()).isEqualTo("integer");
		assertThat(response(path, "503").at("/headers/Retry-After/schema/type").asString()).isEqualTo("integer");
	}

	@ParameterizedTest
	@CsvSource({ FILLS + "," + FILLS, RISK + ", /api/external/5/assets/liquidation-risk",
			HEATMAP + ", /api/external/exports/coins/ETH/liquidation-heatmap" })
	void headersAreThoseOfTheAnswers(String path, String target) {
		Gateway.Response answer = gateway.get(target);
		Gateway.Response unchanged = gateway.get(target, "If-None-Match", answer.header("ETag"));

		assertThat(answer.status()).isEqualTo(200);
		assertThat(unchanged.status()).isEqualTo(304);
		assertThat(named(answer)).contains("vary")
			.isSubsetOf(headers(path, "200").stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList());
		assertThat(named(unchanged)).contains("vary")
			.isSubsetOf(headers(path, "304").stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList());
		assertThat(headers(path, "200").contains("Last-Modified")).isEqualTo(path.equals(HEATMAP));
		assertThat(headers(path, "304")).doesNotContain("Last-Modified");
	}

	// Those of the transfer are of no interest to a caller.
	private static List<String> named(Gateway.Response answer) {
		return answer.headers()
			.headerNames()
			.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.filter((name) -> !List.of("content-type", "content-length", "content-encoding", "accept-ranges")
				.contains(name))
			.toList();
	}

	private List<String> headers(String path, String status) {
		return List.copyOf(response(path, status).path("headers").propertyNames());
	}

	@ParameterizedTest
	@MethodSource("paths")
	void limitsOfTeamsAreInAllAnswersToTeams(String path) {
		assertThat(operation(path).path("responses").propertyNames()).hasSizeGreaterThan(8)
			.allSatisfy(
					(status) -> assertThat(headers(path, status).containsAll(List.of("RateLimit", "RateLimit-Policy")))
						.as(status)
						.isEqualTo(!status.equals("401")));
	}

	@Test
	void exampleOfUnknownCoinIsWhatTheGatewayAnswers() {
		ObjectNode example = (ObjectNode) response(HEATMAP, "404")
			.at("/content/application~1problem+json/examples/unknown/value");

		ObjectNode answer = (ObjectNode) gateway.get(example.path("instance").asString()).json();

		answer.remove("requestId");
		example.remove("requestId");
		assertThat(answer).isEqualTo(example);
	}

	@ParameterizedTest
	@CsvSource({ "LiquidationRisk/properties/totalCount, 0, ", "AssetRisk/properties/percentRisk, 0, 100",
			"HeatmapBin/properties/priceBinIndex, 0, ", "HeatmapBin/properties/positionsCount, 0, " })
	void numbersHaveTheBoundsOfTheContract(String field, String minimum, String maximum) {
		JsonNode schema = document.at("/components/schemas/" + field);

		assertThat(schema.path("minimum").asString()).isEqualTo(minimum);
		assertThat(schema.path("maximum").asString("")).isEqualTo((maximum != null) ? maximum : "");
	}

	@ParameterizedTest
	@MethodSource("paths")
	void limitsAreInWordsAndNotInPatterns(String path) {
		assertThat(operation(path).path("parameters").valueStream()).isNotEmpty().allSatisfy((parameter) -> {
			JsonNode schema = parameter.path("schema");
			String description = parameter.path("description").asString();
			assertThat(schema.has("pattern")).isFalse();
			if (schema.has("maximum")) {
				assertThat(description)
					.contains(schema.path("minimum").asString() + " to " + schema.path("maximum").asString());
			}
			assertThat(description).isNotBlank();
		});
	}

	@Test
	void cohortsAreThoseThatTheGatewayKnows() {
		JsonNode cohorts = document.at("/components/schemas/SegmentId");
		JsonNode ids = cohorts.path("enum");
		String known = operation(RISK).at("/parameters/0/description").asString();

		assertThat(ids.valueStream().map(JsonNode::asInt)).hasSize(16).doesNotHaveDuplicates();
		for (int index = 0; index < ids.size(); index++) {
			String name = cohorts.at("/x-enum-descriptions/" + index).asString().replaceFirst(":.*", "");
			String id = ids.path(index).asString();
			assertThat(known).contains(id + " " + name);
			assertThat(cohorts.path("description").asString()).contains("| " + id + " | " + name + " | ");
			assertThat(cohorts.at("/x-enum-varnames/" + index).asString())
				.isEqualTo(name.toUpperCase(Locale.ROOT).replaceAll("[ -]", "_"));
			assertThat(gateway.get("/api/external/" + id + "/assets/liquidation-risk?limit=1").status()).isEqualTo(200);
		}
		assertThat(gateway.get("/api/external/17/assets/liquidation-risk").status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ FILLS + ", LiquidationFills, fills", RISK + ", LiquidationRisk, liquidation-risk",
			HEATMAP + ", LiquidationHeatmap, liquidation-heatmap" })
	void everyFieldOfTheSampleHasItsTypeAndMeaning(String path, String schema, String sample) throws IOException {
		assertThat(response(path, "200").at("/content/application~1json/schema/$ref").asString())
			.isEqualTo("#/components/schemas/" + schema);
		try (InputStream text = new ClassPathResource("samples/" + sample + ".json").getInputStream()) {
			check(JsonMapper.shared().readTree(text), document.at("/components/schemas/" + schema));
		}
	}

	private void check(JsonNode value, JsonNode schema) {
		if (schema.has("$ref")) {
			check(value, document.at(schema.path("$ref").asString().substring(1)));
			return;
		}
		assertThat(types(schema)).contains(type(value));
		if (schema.has("minimum")) {
			assertThat(value.asDouble()).isBetween(schema.path("minimum").asDouble(),
					schema.path("maximum").asDouble(Double.MAX_VALUE));
		}
		if (value.isObject()) {
			assertThat(schema.path("additionalProperties").asBoolean()).isTrue();
			for (Map.Entry<String, JsonNode> field : value.properties()) {
				JsonNode described = schema.at("/properties/" + field.getKey());
				assertThat(described.path("description").asString()).as(field.getKey()).isNotBlank();
				check(field.getValue(), described);
			}
		}
		value.valueStream().filter((item) -> value.isArray()).forEach((item) -> check(item, schema.path("items")));
	}

	private static List<String> types(JsonNode schema) {
		JsonNode type = schema.path("type");
		Stream<String> names = type.isArray() ? type.valueStream().map(JsonNode::asString) : Stream.of(type.asString());
		return names.flatMap((name) -> name.equals("number") ? Stream.of("number", "integer") : Stream.of(name))
			.toList();
	}

	private static String type(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> "object";
			case ARRAY -> "array";
			case STRING -> "string";
			case BOOLEAN -> "boolean";
			case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
			default -> "null";
		};
	}

	private JsonNode operation(String path) {
		return document.path("paths").path(path).path("get");
	}

	private JsonNode response(String path, String status) {
		return operation(path).path("responses").path(status);
	}

}
