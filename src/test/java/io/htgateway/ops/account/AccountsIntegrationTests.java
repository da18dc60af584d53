package io.htgateway.ops.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators read the account of a month.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.budget.per-month=50000")
class AccountsIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=3";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String HEADER = "month,team,endpoint,calls,requests,hits,bytes";

	@Autowired
	private Gateway gateway;

	@Autowired
	private RequestAccounts requests;

	@Autowired
	private Ways ways;

	@BeforeEach
	void addEarlierRequests() {
		requests.add().block();
	}

	@Test
	void callsAreThoseOfTheBudget() {
		gateway.get(RISK);
		gateway.get(HEATMAP);

		JsonNode account = account();

		JsonNode month = gateway.actuator("/gateway").json().path("budget").path("windows").path(1);
		assertThat(account.path("calls").asLong())
			.isEqualTo(month.path("used").asLong() + month.path("assumed").asLong() + month.path("elsewhere").asLong());
		assertThat(line("anonymous", "heatmap").path("calls").asLong()).isPositive();
		assertThat(account.path("lines").size()).isGreaterThanOrEqualTo(2);
	}

	@Test
	void requestsHitsAndBytesOfBothWaysAreAdded() {
		gateway.get(RISK);
		requests.add().block();
		JsonNode before = line("anonymous", "risk");

		int bytes = gateway.get(RISK, "Accept-Encoding", "gzip").body().length + ways.longWay("GET", RISK).body().length
				+ gateway.get(RISK).body().length;
		gateway.head(RISK);
		requests.add().block();

		JsonNode after = line("anonymous", "risk");
		assertThat(after.path("requests").asLong()).isEqualTo(before.path("requests").asLong() + 4);
		assertThat(after.path("hits").asLong()).isEqualTo(before.path("hits").asLong() + 4);
		assertThat(after.path("bytes").asLong()).isEqualTo(before.path("bytes").asLong() + bytes);
		assertThat(after.path("calls").asLong()).isEqualTo(before.path("calls").asLong());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "text/csv | true", "text/csv, application/json;q=0.5 | true",
			"application/json | false", "*/* | false", "application/json, text/csv;q=0.5 | false" })
	void mediaTypeIsWhatTheClientAccepts(String accept, boolean csv) {
		gateway.get(RISK);

		Gateway.Response response = gateway.actuatorWith("/gateway/accounts", "Accept", accept);

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).startsWith(csv ? "text/csv" : "application/json");
		assertThat(response.text().startsWith(HEADER + "\r\n")).isEqualTo(csv);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-13", "2026", "november", "2026-1", "%202026-11" })
	void wrongMonthIsRejected(String month) {
		Gateway.Response response = gateway.actuator("/gateway/accounts?month=" + month);

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().path("error").asString()).startsWith("month must be a year and a month, such as 20");
	}

	@ParameterizedTest
	@CsvSource({ "2026-13, 400", "2020-01, 404" })
	void problemIsJsonForClientsOfCsvToo(String month, int status) {
		Gateway.Response response = gateway.actuatorWith("/gateway/accounts?month=" + month, "Accept", "text/csv");

		assertThat(response.status()).isEqualTo(status);
		assertThat(response.json().path("error").asString()).isNotEmpty();
	}

	@Test
	void unknownParameterIsRejected() {
		Gateway.Response response = gateway.actuator("/gateway/accounts?moth=2026-11");

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().path("error").asString())
			.isEqualTo("unknown parameter: the only parameter is month");
	}

	@Test
	void monthWithoutAnAccountIsNotFound() {
		Gateway.Response response = gateway.actuator("/gateway/accounts?month=2001-01");

		assertThat(response.status()).isEqualTo(404);
		assertThat(response.json().path("error").asString()).isEqualTo("there is no account of 2001-01");
		assertThat(response.json().path("months").size()).isPositive();
		assertThat(gateway.actuator("/gateway/nothing").status()).isEqualTo(404);
	}

	@Test
	void examplesInTheDocumentHaveTheFieldsAndSumsOfAnAccount() throws IOException {
		gateway.get(RISK);
		String document = Files.readString(Path.of("docs/operations.md"));
		String section = document.substring(document.indexOf("## Accounts of a month"));

		JsonNode example = JsonMapper.shared().readTree(block(section, "json"));
		String csv = block(section, "csv");

		assertThat(fields(example)).isEqualTo(fields(account()));
		assertThat(fields(example.path("lines").path(0))).isEqualTo(fields(account().path("lines").path(0)));
		assertThat(example.path("calls").asLong())
			.isEqualTo(example.path("lines").valueStream().mapToLong((line) -> line.path("calls").asLong()).sum());
		assertThat(csv.lines()).hasSize(1 + example.path("lines").size()).first().isEqualTo(HEADER);
	}

	private static String block(String section, String type) {
		int start = section.indexOf("```" + type + "\n") + type.length() + 4;
		return section.substring(start, section.indexOf("```", start));
	}

	private static Set<String> fields(JsonNode node) {
		return new TreeSet<>(node.propertyNames());
	}

	private JsonNode account() {
		return gateway.actuator("/gateway/accounts").json();
	}

	private JsonNode line(String team, String endpoint) {
		return account().path("lines")
			.valueStream()
			.filter((line) -> line.path("team").asString().equals(team)
					&& line.path("endpoint").asString().equals(endpoint))
			.findFirst()
			.orElseThrow();
	}

}
