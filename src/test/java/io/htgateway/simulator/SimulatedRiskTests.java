package io.htgateway.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the simulated liquidation risk.
 */
class SimulatedRiskTests {

	private static final Pattern ITEM = Pattern.compile("\\{\"coin\":");

	private static final Caller caller = new Caller();

	@AfterAll
	static void close() {
		caller.close();
	}

	@BeforeEach
	void reset() {
		caller.reset();
	}

	@Test
	void holdsPublishedItemsInEveryState() throws Exception {
		String before = Caller.text(caller.api("/5/assets/liquidation-risk?limit=500"));
		caller.at(Duration.ofMinutes(5));
		String after = Caller.text(caller.api("/5/assets/liquidation-risk?limit=500"));

		assertThat(before).isNotEqualTo(after);
		assertThat(List.of(before, after)).allSatisfy((body) -> {
			assertThat(body).startsWith("{\"totalCount\":294,\"items\":[{\"coin\":\"0G\",\"totalValue\":");
			assertThat(body).contains(Samples.objects("liquidation-risk.json"));
			assertThat(body).contains("50791.1900", "1e-8", "18446744073709551617", "caf\\u00e9 \\/ café");
		});
	}

	@Test
	void servesPagesOfCohort() throws Exception {
		byte[] page = caller.api("/12/assets/liquidation-risk?offset=40&limit=3").body();

		assertThat(page).isEqualTo(caller.upstream.riskBody(12, 40, 3));
		assertThat(caller.api("/12/assets/liquidation-risk").body()).isEqualTo(caller.upstream.riskBody(12, 0, 100));
		assertThat(ITEM.matcher(new String(page, StandardCharsets.UTF_8)).results()).hasSize(3);
		assertThat(new String(caller.upstream.riskBody(5, 294, 10), StandardCharsets.UTF_8))
			.isEqualTo("{\"totalCount\":294,\"items\":[]}");
	}

	@Test
	void listsEachCoinOnceInOrder() {
		for (int segment = 1; segment <= 16; segment++) {
			JsonNode body = JsonMapper.shared().readTree(caller.upstream.riskBody(segment, 0, 500));
			List<String> coins = body.get("items").valueStream().map((item) -> item.get("coin").asString()).toList();
			Set<String> distinct = new HashSet<>(coins);

			assertThat(coins).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER)
				.contains("BTC", "ETH", "xyz:MSTR", "flx:GOLD", "hyna:BTC")
				.hasSize(body.get("totalCount").asInt())
				.hasSameSizeAs(distinct)
				.hasSizeBetween(290, 310);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=501", "limit=0", "offset=-1", "offset=x" })
	void refusesBadValues(String query) throws Exception {
		assertThat(caller.api("/5/assets/liquidation-risk?" + query).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "17", "x", "05" })
	void answersNotFoundWhenSegmentIsUnknown(String segment) throws Exception {
		assertThat(caller.api("/" + segment + "/assets/liquidation-risk").statusCode()).isEqualTo(404);
	}

}
