package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;

import io.htgateway.access.Extent;
import io.htgateway.access.Scope;
import io.htgateway.access.Team;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.jwt.Issuer;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the rights of callers with JWTs: those of the team that the JWT names.
 */
class JwtRightsTests {

	private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Teams teams = new Teams(List.of(entry("research", List.of("BTC")), entry(Team.OTHER, List.of("SOL"))),
			true, clock);

	@ParameterizedTest
	@CsvSource({ "research, BTC, true", "research, SOL, false", "somebody, SOL, true", "somebody, BTC, false" })
	void jwtHasTheRightsOfItsTeam(String subject, String coin, boolean allowed) {
		try (Issuer issuer = new Issuer()) {
			TeamsProperties.Jwt jwt = new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub");
			Authenticator authenticator = new Authenticator(teams, new JwtVerifier(jwt, WebClient.create(), clock),
					clock);

			Team team = authenticator.authenticate(Secret.of(issuer.token(subject, clock.instant())), CLIENT)
				.blockOptional()
				.orElseThrow();

			assertThat(team.mayRead(new Scope("fills", new Extent.Named(List.of(coin), false), Extent.NONE)))
				.isEqualTo(allowed);
		}
	}

	private static TeamsProperties.Entry entry(String name, List<String> coins) {
		return new TeamsProperties.Entry(name, List.of(), List.of(), 0, 0, null, coins, null, List.of());
	}

}
