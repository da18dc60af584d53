package io.htgateway.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.IntStream;

import io.htgateway.ops.account.RequestAccounts;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Teams read their own usage. Research has half of twenty calls a day and ten requests a
 * minute, trading a quarter of the calls, and lab neither a share nor a request limit.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.budget.per-minute=1000", "gateway.budget.per-day=20",
		"gateway.budget.per-month=400", "gateway.pacing.enabled=false", "gateway.access.rate-limit-headers=true",
		"gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115",
		"gateway.access.teams[0].upstream-share=0.5", "gateway.access.teams[0].requests-per-minute=10",
		"gateway.access.teams[1].name=trading",
		"gateway.access.teams[1].token-sha256=ed28eb99f0007bf7cbf8d6c110f000eb4e76d91504dd771c45e5bad24fc81917",
		"gateway.access.teams[1].upstream-share=0.25", "gateway.access.teams[2].name=lab",
		"gateway.access.teams[2].token-sha256=e98e88f1824ed5e30629d1f0a0dedc5c2d7d4ad926425dc58e2c0224032a69d4" })
class UsageIntegrationTests {

	private static final String PATH = "/api/usage";

	private static final Duration DAY = Duration.ofDays(1);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private RequestAccounts requests;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void startOfDay() {
		upstream.reset();
		long sinceMidnight = clock.instant().getEpochSecond() % DAY.toSeconds();
		clock.advance(DAY.multipliedBy(2).minusSeconds(sinceMidnight));
	}

	@Test
	void callsAreThoseOfTheTeamInEachWindow() {
		fills("research", 3);
		fills("trading", 2);

		JsonNode day = calls(usage("research"), "day");
		assertThat(day.path("limit").asLong()).isEqualTo(20);
		assertThat(day.path("share").asLong()).isEqualTo(10);
		assertThat(day.path("used").asLong()).isEqualTo(3);
		// 15 calls are left, of which 3 are reserved for trading.
		assertThat(day.path("left").asLong()).isEqualTo(12);
		assertThat(Instant.parse(day.path("resetsAt").asString())).isEqualTo(nextMidnight());
		assertThat(calls(usage("trading"), "day").path("used").asLong()).isEqualTo(2);
		JsonNode lab = calls(usage("lab"), "day");
		assertThat(lab.path("share").asLong()).isZero();
		assertThat(lab.path("used").asLong()).isZero();
		assertThat(lab.path("left").asLong()).isEqualTo(5);
	}

	@Test
	void callsLeftAreThoseThatTheTeamCanMake() {
		fills("research", 4);
		long left = calls(usage("lab"), "day").path("left").asLong();

		assertThat(fills("lab", 20)).isEqualTo(left);
		assertThat(calls(usage("lab"), "day").path("left").asLong()).isZero();
		assertThat(calls(usage("lab"), "day").path("used").asLong()).isEqualTo(left);
	}

	@Test
	void dayBeginsWithoutCalls() {
		long month = calls(usage("trading"), "month").path("used").asLong();
		fills("trading", 3);
		assertThat(calls(usage("trading"), "month").path("used").asLong()).isEqualTo(month + 3);

		clock.advance(DAY);

		assertThat(calls(usage("trading"), "day").path("used").asLong()).isZero();
	}

	@Test
	void endpointsHaveTheCallsOfTheTeamAndThoseThatItWasSpared() {
		String heatmap = "/api/external/exports/coins/BTC/liquidation-heatmap";
		JsonNode before = endpoint(usage("lab"), "heatmap");
		clock.advance(Duration.ofHours(2));
		get("lab", heatmap);
		get("lab", heatmap);
		get("lab", heatmap);
		requests.add().block();

		JsonNode after = endpoint(usage("lab"), "heatmap");

		assertThat(after.path("calls").asLong()).isEqualTo(before.path("calls").asLong() + 1);
		assertThat(after.path("spared").asLong()).isEqualTo(before.path("spared").asLong() + 2);
	}

	@Test
	void reportCostsNoRequestOfTheLimitAndNoCall() {
		long calls = upstream.calls(Endpoint.FILLS);

		IntStream.range(0, 30).forEach((number) -> usage("research"));

		JsonNode requests = usage("research").path("requests");
		assertThat(requests.path("limit").asLong()).isEqualTo(10);
		assertThat(requests.path("left").asLong()).isEqualTo(10);
		assertThat(requests.path("resetSeconds").asLong()).isZero();
		fills("research", 1);
		assertThat(usage("research").path("requests").path("left").asLong()).isEqualTo(9);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(calls + 1);
		assertThat(usage("lab").path("requests").isNull()).isTrue();
	}

	@Test
	void reportIsPossibleWhenTheLimitIsUsedUp() {
		IntStream.range(0, 20).forEach((number) -> get("research", "/api/external/5/assets/liquidation-risk?limit=3"));

		assertThat(usage("research").path("requests").path("left").asLong()).isZero();
	}

	@Test
	void reportsHaveALimitOfTheirOwn() {
		IntStream.range(0, 60).forEach((number) -> usage("trading"));

		Gateway.Response refused = get("trading", PATH);

		Problems.check(refused, 429, "https://iana.org/assignments/http-problem-types#quota-exceeded");
		assertThat(refused.header("Retry-After")).isEqualTo("1");
		clock.advance(Duration.ofSeconds(1));
		assertThat(get("trading", PATH).status()).isEqualTo(200);
	}

	@Test
	void reportNamesNoOtherTeam() {
		fills("trading", 1);

		assertThat(get("lab", PATH).text()).contains("\"team\":\"lab\"").doesNotContain("trading", "research");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?team=trading", "?month=2026-11" })
	void parametersAreRejected(String query) {
		Gateway.Response response = get("lab", PATH + query);

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).contains("is not a parameter of this endpoint; allowed: none");
	}

	@Test
	void requestWithoutTokenIsRefused() {
		assertThat(gateway.get(PATH).status()).isEqualTo(401);
	}

	@Test
	void headersHaveTheRequestLimitAndTheShareOfEachWindow() {
		fills("research", 1);

		Gateway.Response hit = get("research", "/api/external/fills/liquidation?coin=RESEARCH0");

		long month = Duration.between(clock.instant(), nextMonth()).toSeconds();
		assertThat(hit.header("RateLimit-Policy"))
			.matches("\"team\";q=10;w=60, \"upstream-minute\";q=500;w=63, \"upstream-day\";q=10;w=86400,"
					+ " \"upstream-month\";q=200;w=(2419200|2505600|2592000|2678400)");
		assertThat(hit.header("RateLimit")).startsWith(
				"\"team\";r=8;t=12, \"upstream-minute\";r=499;t=63, \"upstream-day\";r=9;t=86400, \"upstream-month\";r=");
		assertThat(hit.header("RateLimit")).endsWith(";t=" + month);
		assertThat(get("lab", PATH).headers().containsHeader("RateLimit")).isFalse();
	}

	@Test
	void responseIsNeverStored() {
		assertThat(get("lab", PATH).header("Cache-Control")).isEqualTo("private, no-store");
	}

	@Test
	void upstreamIsPausedWhileTheBudgetIsSpent() {
		assertThat(usage("lab").path("upstream").asString()).isEqualTo("ok");
		fills("research", 15);
		fills("lab", 20);
		fills("trading", 20);

		assertThat(usage("lab").path("upstream").asString()).isEqualTo("paused");
	}

	private Instant nextMonth() {
		return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC))
			.plusMonths(1)
			.atDay(1)
			.atStartOfDay(ZoneOffset.UTC)
			.toInstant();
	}

	private Instant nextMidnight() {
		return Instant.ofEpochSecond((clock.instant().getEpochSecond() / DAY.toSeconds() + 1) * DAY.toSeconds());
	}

	private JsonNode usage(String team) {
		Gateway.Response response = get(team, PATH);
		assertThat(response.status()).isEqualTo(200);
		return response.json();
	}

	private static JsonNode calls(JsonNode usage, String window) {
		return usage.path("calls")
			.valueStream()
			.filter((calls) -> calls.path("window").asString().equals(window))
			.findFirst()
			.orElseThrow();
	}

	private static JsonNode endpoint(JsonNode usage, String name) {
		return usage.path("endpoints")
			.valueStream()
			.filter((endpoint) -> endpoint.path("endpoint").asString().equals(name))
			.findFirst()
			.orElse(usage.path("none"));
	}

	private long fills(String team, int times) {
		return IntStream.range(0, times)
			.mapToObj((number) -> get(team,
					"/api/external/fills/liquidation?coin=" + team.toUpperCase(Locale.ROOT) + number))
			.filter((response) -> response.status() == 200)
			.count();
	}

	private Gateway.Response get(String team, String path) {
		return gateway.get(path, "Authorization", "Bearer " + team + "-token");
	}

}
