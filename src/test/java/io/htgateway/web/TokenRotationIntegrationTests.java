package io.htgateway.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.htgateway.access.config.TokenHash;
import io.htgateway.secret.Secret;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MountedTeams;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.Ways;
import io.htgateway.testing.platform.SecurityTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The drill of <code>docs/teams.md</code>: the token of a team is rotated by its file,
 * and the old one expires on open connections too.
 */
@SecurityTest
@GatewayTest
@Import(MountedTeams.Configuration.class)
@TestPropertySource(properties = "gateway.access.open=false")
class TokenRotationIntegrationTests {

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

	@Test
	void drillRotatesTheTokenOfATeamWithoutARefusedRequestOfThoseWhoFollowIt() {
		replace(new Token("old", null));
		gateway.get(RISK, "Authorization", "Bearer old");
		ways.shortWay("GET", RISK, "Authorization", "Bearer old");
		assertThat(expiryMetric()).isEqualTo("NaN");

		// Given the next token, both are valid.
		Instant end = clock.instant().plus(Duration.ofDays(14));
		replace(new Token("old", end), new Token("next", end.plus(Duration.ofDays(90))));
		assertThat(statuses("old", "next", "guess")).containsExactly(200, 200, 401);
		assertThat((long) Double.parseDouble(expiryMetric())).isEqualTo(end.plus(Duration.ofDays(90)).getEpochSecond());

		// The old token ends by the clock, without another change of the file.
		double before = expired();
		try (RawClient connection = RawClient.of(gateway); Http2Client second = Http2Client.on(RawClient.of(gateway))) {
			clock.advance(Duration.ofDays(14).minusMillis(1));
			gateway.get(RISK, "Authorization", "Bearer old");
			assertThat(connection.ask("old", RISK, "")).isEqualTo("200");
			second.request(1, Http2Frames.get(RISK, "authorization", "Bearer old"));
			assertThat(second.answer(1).status()).isEqualTo(200);

			clock.advance(Duration.ofMillis(1));
			assertThat(connection.ask("old", RISK, "")).isEqualTo("401");
			assertThat(connection.ask("next", RISK, "")).isEqualTo("200");
			second.request(3, Http2Frames.get(RISK, "authorization", "Bearer old"));
			assertThat(second.answer(3).status()).isEqualTo(401);
		}
		Gateway.Response refused = gateway.get(RISK, "X-API-Key", "old");
		assertThat(Problems.check(refused, 401, Problems.OWN + "unauthenticated").path("detail").asString())
			.isEqualTo("the token expired at %s; send the team's newer token, or get one from the gateway's operators"
				.formatted(end));
		assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(expired()).isEqualTo(before + 3);

		// The entry is cleaned up: the old token is one like any other that is unknown.
		replace(new Token("next", end.plus(Duration.ofDays(90))));
		assertThat(Problems.check(gateway.get(RISK, "X-API-Key", "old"), 401, Problems.OWN + "unauthenticated")
			.path("detail")
			.asString()).startsWith("unknown, expired or revoked token");
		assertThat(statuses("next")).containsExactly(200);
		assertThat(upstream.calls(Endpoint.RISK)).isPositive();
	}

	@Test
	void tokenThatExpiresIsExtendedByTheFile() {
		Instant end = clock.instant().plus(Duration.ofHours(1));
		replace(new Token("old", end));
		assertThat(statuses("old")).containsExactly(200);
		clock.advance(Duration.ofHours(1));
		assertThat(statuses("old")).containsExactly(401);

		replace(new Token("old", end.plus(Duration.ofHours(1))));

		assertThat(statuses("old")).containsExactly(200);
	}

	private List<Integer> statuses(String... tokens) {
		return Arrays.stream(tokens)
			.map((token) -> gateway.get(RISK, "Authorization", "Bearer " + token).status())
			.toList();
	}

	private String expiryMetric() {
		return metric("gateway_team_token_expiry_timestamp_seconds{team=\"research\"}");
	}

	private double expired() {
		return Double.parseDouble(metric("gateway_authentication_failures_total{reason=\"expired\"}"));
	}

	private String metric(String series) {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith(series))
			.map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.findFirst()
			.orElseThrow();
	}

	private void replace(Token... tokens) {
		mounted.replace(teams(tokens));
	}

	private static String teams(Token... tokens) {
		return Arrays.stream(tokens)
			.map(Token::yaml)
			.collect(Collectors.joining("",
					"gateway:\n  access:\n    teams:\n      - name: research\n        tokens:\n", ""));
	}

	private record Token(String token, @Nullable Instant notAfter) {

		private String yaml() {
			String hash = "          - sha256: \"" + TokenHash.of(Secret.of(token)).hex() + "\"\n";
			return (notAfter != null) ? hash + "            not-after: " + notAfter + "\n" : hash;
		}

	}

}
