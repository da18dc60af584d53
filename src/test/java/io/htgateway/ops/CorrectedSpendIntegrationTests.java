package io.htgateway.ops;

import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators enter the calls that HyperTracker shows.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "gateway.budget.per-day=40000", "gateway.budget.per-month=50000" })
class CorrectedSpendIntegrationTests {

	@Autowired
	private Gateway gateway;

	@AfterEach
	void takeBack() {
		enter("{\"used\":0,\"window\":\"day\"}");
		enter("{\"used\":0}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"used\":30000} | month | 30000", "{\"used\":\"30000\"} | month | 30000",
					"{\"used\":30000,\"window\":\"month\"} | month | 30000",
					"{\"used\":35000,\"window\":\"day\"} | day | 35000", "{\"used\":50000} | month | 50000" })
	void enteredCallsCountUntilTheWindowEnds(String body, String window, long used, CapturedOutput output) {
		long counted = counted(window);

		Gateway.Response response = enter(body);

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.json().path("window").asString()).isEqualTo(window);
		assertThat(response.json().path("elsewhere").asLong()).isEqualTo(used - counted);
		assertThat(window(window).path("elsewhere").asLong()).isEqualTo(used - counted);
		assertThat(window(window).path("remaining").asLong()).isEqualTo(window(window).path("limit").asLong() - used);
		assertThat(gateway.actuator("/prometheus").text()).containsPattern(
				"gateway_budget_elsewhere\\{[^}]*window=\"%s\"[^}]*} %s".formatted(window, (double) (used - counted)));
		assertThat(lines(output)).singleElement()
			.asString()
			.matches(".* INFO .*io\\.htgateway\\.audit +: Spend corrected: client=127\\.0\\.0\\.1 .*")
			.endsWith("window=%s stated=%d counted=%d elsewhereBefore=0 elsewhere=%d difference=%d remaining=%d"
				.formatted(window, used, counted, used - counted, used - counted,
						window(window).path("limit").asLong() - used));
	}

	@Test
	void fewerCallsThanTheGatewayCountsTakeBackOnlyThoseOfOthers(CapturedOutput output) {
		long counted = counted("month");
		enter("{\"used\":30000}");

		Gateway.Response response = enter("{\"used\":0}");

		assertThat(response.json().path("elsewhereBefore").asLong()).isEqualTo(30_000 - counted);
		assertThat(response.json().path("elsewhere").asLong()).isZero();
		assertThat(response.json().path("remaining").asLong()).isEqualTo(50_000 - counted);
		assertThat(counted("month")).isEqualTo(counted);
		assertThat(lines(output)).last().asString().contains("stated=0", "difference=" + (counted - 30_000));
	}

	@Test
	void monthThatIsSpentElsewhereRefusesCallsUntilItIsTakenBack() {
		enter("{\"used\":50000}");

		Gateway.Response refused = gateway.get("/api/external/fills/liquidation?coin=BTC&limit=7");

		assertThat(refused.status()).isEqualTo(503);
		assertThat(gateway.actuator("/health/upstream").text()).contains("budget-spent:month");
		takeBack();
		assertThat(gateway.get("/api/external/fills/liquidation?coin=BTC&limit=7").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
			"{\"used\":-1} | used=-1 | used must be a whole number from 0 to 50000, the calls of a month",
			"{\"used\":50001} | used=50001 | used must be a whole number from 0 to 50000",
			"{\"used\":40001,\"window\":\"day\"} | used=40001&window=day | used must be a whole number from 0 to 40000",
			"{\"used\":1.0} | used=1.0 | used must be a whole number",
			"{\"used\":1e3} | used=1e3 | used must be a whole number",
			"{\"used\":\"\"} | used= | used must be a whole number",
			"{\"used\":true} | used=true | used must be a whole number",
			"{\"used\":99999999999999999999} | used=99999999999999999999 | used must be a whole number",
			"{\"used\":\"1\\nSpend corrected: client=x\"} | used=1%0ASpend%20corrected%3A%20client%3Dx | used must be",
			"{} | - | used is missing: it is the number of calls of this month that HyperTracker shows",
			"'' | - | used is missing", "null | - | used is missing", "{\"used\":null} | - | used is missing",
			"{\"used\":5,\"window\":\"minute\"} | used=5&window=minute | window must be day or month",
			"{\"used\":5,\"window\":\"\"} | used=5&window= | window must be day or month",
			"{\"use\":5} | use=5 | unknown parameter: the parameters are used and window",
			"{\"used\":5,\"limit\":null} | limit=&used=5 | unknown parameter: the parameters are" })
	void invalidNumberIsRejectedAndLoggedInOneLine(String body, String parameters, String reason,
			CapturedOutput output) {
		Gateway.Response response = enter(body);

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.json().path("error").asString()).startsWith(reason);
		assertThat(lines(output)).singleElement()
			.asString()
			.contains(" INFO ", ": Correction of the spend rejected: client=127.0.0.1 parameters=" + parameters
					+ " reason=\"" + reason);
		assertThat(window("month").path("elsewhere").asLong()).isZero();
		assertThat(window("day").path("elsewhere").asLong()).isZero();
	}

	@Test
	void parametersInTheQueryAreRejected() {
		Gateway.Response both = gateway.actuatorPost("/gateway?window=month", "application/json", "{\"used\":30000}");
		Gateway.Response onlyQuery = gateway.actuator("POST", "/gateway?used=30000");

		assertThat(both.status()).isEqualTo(400);
		assertThat(both.json().path("error").asString()).startsWith("parameters must be in a JSON body");
		assertThat(onlyQuery.status()).isEqualTo(415);
		assertThat(window("month").path("elsewhere").asLong()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "application/json | [1] | 400", "application/json | { | 400",
					"application/json | {\"used\":[1]} | 400", "application/json | {\"used\":{}} | 400",
					"text/plain | {\"used\":30000} | 415", "application/x-www-form-urlencoded | used=30000 | 415" })
	void bodyThatIsNotAnObjectOfValuesIsRejected(String type, String body, int status) {
		assertThat(gateway.actuatorPost("/gateway", type, body).status()).isEqualTo(status);
		assertThat(window("month").path("elsewhere").asLong()).isZero();
	}

	private Gateway.Response enter(String body) {
		return gateway.actuatorPost("/gateway", "application/json", body);
	}

	private long counted(String name) {
		return window(name).path("used").asLong() + window(name).path("assumed").asLong();
	}

	private JsonNode window(String name) {
		return gateway.actuator("/gateway")
			.json()
			.path("budget")
			.path("windows")
			.valueStream()
			.filter((window) -> window.path("name").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("io.htgateway.audit")).toList();
	}

}
