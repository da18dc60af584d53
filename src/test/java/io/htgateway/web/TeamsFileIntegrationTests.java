package io.htgateway.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MountedTeams;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.TeamsYaml;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Teams in a mounted file that is replaced while the gateway runs: research with a half
 * of twenty calls a day and three requests a minute, and lab.
 */
@SecurityTest
@GatewayTest
@Import(MountedTeams.Configuration.class)
@TestPropertySource(properties = { "gateway.access.open=false", "gateway.budget.per-day=20",
		"gateway.pacing.enabled=false", "gateway.access.rate-limit-headers=true" })
@ExtendWith(OutputCaptureExtension.class)
class TeamsFileIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private MountedTeams mounted;

	private int coins;

	@BeforeEach
	void teamsAreTheFirst() {
		replace(first());
		long sinceMidnight = clock.instant().getEpochSecond() % 86_400;
		clock.advance(Duration.ofDays(2).minusSeconds(sinceMidnight));
	}

	@Test
	void replacedTokenIsRefusedAtOnceOnAllPathsAndTheNextOneIsAccepted() {
		gateway.get(RISK, "Authorization", "Bearer lab");
		ways.get(RISK, "Authorization", "Bearer lab");
		try (RawClient client = RawClient.of(gateway)) {
			assertThat(status(client, "Authorization: Bearer lab")).isEqualTo("200");
			assertThat(status(client, "X-API-Key: lab")).isEqualTo("200");

			replace(new TeamsYaml().with("research", "research").with("lab", "next"));

			assertThat(status(client, "Authorization: Bearer lab")).isEqualTo("401");
			assertThat(status(client, "X-API-Key: lab")).isEqualTo("401");
			assertThat(status(client, "Authorization: Bearer next")).isEqualTo("200");
			assertThat(status(client, "Authorization: Bearer lab")).isEqualTo("401");
		}
		Problems.check(gateway.get(RISK, "Authorization", "Bearer lab"), 401, Problems.OWN + "unauthenticated");
		assertThat(gateway.get(RISK, "Authorization", "Bearer lab", "Accept", "*/*;q=0.5").status()).isEqualTo(401);
		ways.get(RISK, "Authorization", "Bearer next");
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void invalidFileLeavesTheTeamsUnchangedAndIsLoggedOnce(CapturedOutput output) {
		for (String bad : new String[] { "", "canary", "{canary: [", "gateway: {access: {teams: []}}",
				first() + "      - name: bad\n", first().with("lab", "canary").toString(),
				first() + "        request-per-minute: canary\n", "gateway: {teams: [{name: canary}]}",
				"gateway: {access: {teams: [{name: a, token-sha256: canary}]}}" }) {
			mounted.replace(bad, Duration.ofMinutes(1));
		}
		mounted.remove(Duration.ofMinutes(1));

		assertThat(gateway.get(RISK, "Authorization", "Bearer lab").status()).isEqualTo(200);
		assertThat(gateway.get(RISK, "Authorization", "Bearer canary").status()).isEqualTo(401);
		assertThat(output.getOut().lines().filter((line) -> line.contains("ERROR"))).hasSize(10)
			.allMatch((line) -> line
				.contains("File unusable; its previous content stays in use: property=gateway.access.teams-file file="
						+ mounted.path() + " reason=\""));
		assertThat(output).contains("cannot be used: gateway.access.teams[1].request-per-minute")
			.doesNotContain("canary");
	}

	@Test
	void requestThatIsUnderWayGoesOnWhenItsTeamGoes() {
		upstream.delay(Endpoint.RISK, Duration.ofSeconds(1));
		CompletableFuture<Gateway.Response> request = gateway.send("GET", RISK, "Authorization", "Bearer lab");
		Awaitility.await().untilAsserted(() -> assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1));

		replace(new TeamsYaml().with("research", "research"));

		assertThat(gateway.get(RISK, "Authorization", "Bearer lab").status()).isEqualTo(401);
		assertThat(request.join().status()).isEqualTo(200);
	}

	@Test
	void limitThatStaysTheSameGivesNobodyAFreshMinute() {
		gateway.get(RISK, "Authorization", "Bearer lab");
		ways.get(RISK, "Authorization", "Bearer lab");
		for (int request = 0; request < 3; request++) {
			assertThat(gateway.get(RISK, "Authorization", "Bearer research").status()).isEqualTo(200);
		}

		replace(first().with("trading", "trading"));
		assertThat(gateway.get(RISK, "Authorization", "Bearer research").status()).isEqualTo(429);

		replace(new TeamsYaml().with("research", "research", "requests-per-minute: 4").with("lab", "lab"));
		Gateway.Response response = gateway.get(RISK, "Authorization", "Bearer research");
		assertThat(response.header("RateLimit-Policy")).startsWith("\"team\";q=4;w=60");
		assertThat(response.header("RateLimit")).startsWith("\"team\";r=3;t=15");
	}

	@Test
	void sharesAreThoseOfTheNewFileLessWhatWasSpent() {
		assertThat(calls("lab", 4)).isEqualTo(4);

		replace(new TeamsYaml().with("research", "research", "upstream-share: 0.25")
			.with("trading", "trading", "upstream-share: 0.5")
			.with("lab", "lab"));

		assertThat(calls("lab", 20)).isEqualTo(1);
		assertThat(calls("trading", 20)).isEqualTo(10);
		assertThat(calls("research", 20)).isEqualTo(5);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(20);
	}

	@Test
	void teamThatIsNewIsSeenByOperatorsBeforeItAsks() {
		assertThat(gateway.actuator("/prometheus").text()).contains("team=\"lab\"").doesNotContain("team=\"newest\"");

		replace(first().with("newest", "newest"));

		assertThat(gateway.actuator("/prometheus").text().lines().filter((line) -> line.contains("team=\"newest\"")))
			.anyMatch((line) -> line.startsWith("gateway_requests_total{endpoint=\"risk\""))
			.anyMatch((line) -> line.startsWith("gateway_calls_saved{endpoint=\"risk\""))
			.anyMatch((line) -> line.startsWith("gateway_quota_exceeded_total"));
		assertThat(gateway.actuator("/gateway").json().path("teams").findValuesAsString("team"))
			.containsExactly("research", "lab", "newest");
	}

	private void replace(TeamsYaml teams) {
		mounted.replace(teams.toString());
	}

	private static TeamsYaml first() {
		return new TeamsYaml().with("research", "research", "requests-per-minute: 3", "upstream-share: 0.5")
			.with("lab", "lab");
	}

	private int calls(String team, int times) {
		return (int) IntStream.range(0, times)
			.mapToObj((number) -> "/api/external/fills/liquidation?coin=COIN" + coins++)
			.map((target) -> gateway.get(target, "Authorization", "Bearer " + team))
			.filter((response) -> response.status() == 200)
			.count();
	}

	private static String status(RawClient client, String header) {
		client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
		return client.read().substring("HTTP/1.1 ".length()).substring(0, 3);
	}

}
