package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.config.TokenHash;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of tokens that expire.
 */
@ExtendWith(OutputCaptureExtension.class)
class TokenExpiryTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);

	private final MutableClock clock = new MutableClock(START);

	private final Teams teams = teams(team("research", token("old", START.plusSeconds(100)), token("new", null)));

	private final Authenticator authenticator = new Authenticator(teams, null, clock);

	@Test
	void tokenIsRefusedFromItsTimeOnEvenIfItWasVerified() {
		clock.advance(Duration.ofSeconds(100).minusNanos(1));
		assertThat(authenticate("old").name()).isEqualTo("research");
		assertThat(authenticator.known(Secret.of("old"))).isNotNull();

		clock.advance(Duration.ofNanos(1));

		assertThat(authenticator.known(Secret.of("old"))).isNull();
		assertThat(catchThrowableOfType(TeamRefusal.TokenExpired.class, () -> authenticate("old"))).hasMessage(
				"the token expired at 2026-11-02T10:01:40Z; send the team's newer token, or get one from the gateway's"
						+ " operators");
		assertThat(authenticate("new").name()).isEqualTo("research");
	}

	@Test
	void tokenIsValidAgainWhenTheClockIsSetBack() {
		authenticate("old");
		clock.advance(Duration.ofSeconds(101));
		assertThat(catchThrowableOfType(TeamRefusal.TokenExpired.class, () -> authenticate("old"))).isNotNull();

		clock.advance(Duration.ofSeconds(-2));

		assertThat(authenticate("old").name()).isEqualTo("research");
	}

	@Test
	void unknownTokenIsNotSaidToHaveExpired() {
		clock.advance(Duration.ofSeconds(100));

		assertThat(catchThrowableOfType(TeamRefusal.Unauthenticated.class, () -> authenticate("olD"))).isNotNull();
	}

	@Test
	void expiredTokensDoNotCountAsFailedAttempts() {
		clock.advance(Duration.ofSeconds(100));
		for (int attempt = 0; attempt < 2 * FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(catchThrowableOfType(TeamRefusal.TokenExpired.class, () -> authenticate("old"))).isNotNull();
		}

		assertThat(catchThrowableOfType(TeamRefusal.Unauthenticated.class, () -> authenticate("guess"))).isNotNull();
	}

	@Test
	void expiryOfATeamIsThatOfItsLastToken() {
		Teams several = teams(team("none", token("a", null)), team("one", token("b", START)),
				team("two", token("c", START.plusSeconds(2)), token("d", START.plusSeconds(1))),
				team("open", token("e", START), token("f", null)), team("jwts"));

		assertThat(Arrays.asList("none", "one", "two", "open", "jwts", "unknown")).extracting(several::tokenExpiry)
			.containsExactly(null, START, START.plusSeconds(2), null, null, null);
	}

	@Test
	void lastTokenIsReportedAWeekBeforeAndWhenItHasExpiredOnceEach(CapturedOutput output) {
		Instant expiry = START.plus(Duration.ofDays(30));
		Teams changing = teams(team("lab", token("a", expiry)), team("research", token("b", START), token("c", null)));
		ExpiryLog log = new ExpiryLog(changing, clock);

		log.check();
		clock.advance(Duration.ofDays(23));
		log.check();
		assertThat(output).doesNotContain("Last token");

		clock.advance(Duration.ofSeconds(1));
		log.check();
		log.check();
		assertThat(output).containsOnlyOnce(
				"Last token of a team expires soon; add the next token: team=lab notAfter=2026-12-02T10:00:00Z");

		clock.advance(Duration.ofDays(7));
		log.check();
		log.check();
		assertThat(output).containsOnlyOnce("Last token of a team expired; requests with it are answered 401: team=lab"
				+ " notAfter=2026-12-02T10:00:00Z");

		changing.prepare(List.of(team("lab", token("a", expiry), token("d", expiry.plus(Duration.ofDays(90)))))).run();
		log.check();
		assertThat(output.getOut().lines().filter((line) -> line.contains("Last token"))).hasSize(2);
	}

	private Team authenticate(String token) {
		return authenticator.authenticate(Secret.of(token), CLIENT).blockOptional().orElseThrow();
	}

	private Teams teams(TeamsProperties.Entry... entries) {
		return new Teams(List.of(entries), true, clock);
	}

	private static TeamsProperties.Entry team(String name, TeamsProperties.Token... tokens) {
		return new TeamsProperties.Entry(name, List.of(), List.of(), 0, 0, null, null, null, List.of(tokens));
	}

	private static TeamsProperties.Token token(String token, @Nullable Instant notAfter) {
		return new TeamsProperties.Token(TokenHash.of(Secret.of(token)).hex(),
				(notAfter != null) ? notAfter.toString() : null);
	}

}
