package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shares of teams in twenty calls a day: half of them are guaranteed to research, a
 * quarter to trading, none to lab.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.budget.per-day=20", "gateway.pacing.enabled=false",
		"gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115",
		"gateway.access.teams[0].upstream-share=0.5", "gateway.access.teams[1].name=trading",
		"gateway.access.teams[1].token-sha256=ed28eb99f0007bf7cbf8d6c110f000eb4e76d91504dd771c45e5bad24fc81917",
		"gateway.access.teams[1].upstream-share=0.25", "gateway.access.teams[2].name=lab",
		"gateway.access.teams[2].token-sha256=e98e88f1824ed5e30629d1f0a0dedc5c2d7d4ad926425dc58e2c0224032a69d4" })
class TeamShareIntegrationTests {

	private static final Duration DAY = Duration.ofDays(1);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private ResponseCache cache;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void startOfDay() {
		long sinceMidnight = clock.instant().getEpochSecond() % DAY.toSeconds();
		clock.advance(DAY.multipliedBy(2).minusSeconds(sinceMidnight));
	}

	@Test
	void teamThatAsksForEverNewCoinsUsesUpItsOwnShareAndTheOthersGetTheirs() {
		List<Gateway.Response> responses = IntStream.range(0, 30)
			.mapToObj((number) -> fills("lab", "COIN" + number))
			.toList();

		assertThat(responses).filteredOn((response) -> response.status() == 200).hasSize(5);
		Gateway.Response refused = responses.getLast();
		Problems.check(refused, 429, "https://iana.org/assignments/http-problem-types#quota-exceeded");
		assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);
		assertThat(refused.header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=budget");
		assertThat(calls("trading", 10)).isEqualTo(5);
		assertThat(calls("research", 20)).isEqualTo(10);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(20);
	}

	@Test
	void hitsAndStaleAnswersCostNoShareAndGoOnWhenItIsSpent() {
		String risk = "/api/external/5/assets/liquidation-risk?limit=3";
		get("research", risk);
		calls("lab", 30);

		assertThat(get("lab", risk).header("Cache-Status")).contains("; hit;");
		clock.advance(Duration.ofMinutes(6));
		calls("lab", 30);
		assertThat(get("lab", risk).header("Cache-Status")).contains("; hit;", "detail=budget");
		clock.advance(Duration.ofMinutes(20));
		calls("lab", 30);
		assertThat(get("lab", risk).header("Cache-Status")).contains("; hit;", "detail=budget");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);

		assertThat(get("trading", risk).header("Cache-Status")).contains("; fwd=stale; fwd-status=200; stored");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(2);
	}

	@Test
	void whoStartsALoadPaysAndThoseWhoWaitDoNot() {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(700));
		String risk = "/api/external/6/assets/liquidation-risk?limit=3";
		CompletableFuture<Gateway.Response> first = send("trading", risk);
		Awaitility.await().pollDelay(Duration.ZERO).until(() -> cache.loadsInFlight() == 1);
		List<CompletableFuture<Gateway.Response>> others = Stream.generate(() -> send("lab", risk)).limit(10).toList();

		assertThat(first.join().status()).isEqualTo(200);
		assertThat(others).allSatisfy((waiter) -> assertThat(waiter.join().status()).isEqualTo(200));
		assertThat(calls("lab", 10)).isEqualTo(5);
		assertThat(calls("trading", 10)).isEqualTo(4);
	}

	private int calls(String team, int times) {
		return (int) IntStream.range(0, times)
			.mapToObj((number) -> fills(team, team + number))
			.filter((response) -> response.status() == 200)
			.count();
	}

	private Gateway.Response fills(String team, String coin) {
		return get(team, "/api/external/fills/liquidation?coin=" + coin);
	}

	private Gateway.Response get(String team, String target) {
		return send(team, target).join();
	}

	private CompletableFuture<Gateway.Response> send(String team, String target) {
		return gateway.send("GET", target, "Authorization", "Bearer " + team + "-token");
	}

}
