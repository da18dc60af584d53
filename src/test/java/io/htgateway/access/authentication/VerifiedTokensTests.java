package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.access.Team;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link VerifiedTokens}.
 */
class VerifiedTokensTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private final MutableClock clock = new MutableClock(START);

	private final VerifiedTokens<VerifiedToken> tokens = new VerifiedTokens<>(clock, VerifiedToken::expiry);

	@Test
	void tokenIsKnownForFiveMinutes() {
		tokens.remember(Secret.of("a"), new VerifiedToken(Team.ANONYMOUS, null));

		clock.advance(Duration.ofMinutes(5).minusNanos(1));
		assertThat(tokens.find(Secret.of("a"))).extracting(VerifiedToken::team).isSameAs(Team.ANONYMOUS);
		clock.advance(Duration.ofNanos(1));
		assertThat(tokens.find(Secret.of("a"))).isNull();
	}

	@Test
	void tokenIsNotKnownBeyondItsExpiry() {
		tokens.remember(Secret.of("a"), new VerifiedToken(Team.ANONYMOUS, START.plusSeconds(10)));
		tokens.remember(Secret.of("b"), new VerifiedToken(Team.ANONYMOUS, START.plus(Duration.ofHours(1))));
		tokens.remember(Secret.of("c"), new VerifiedToken(Team.ANONYMOUS, START));

		assertThat(tokens.find(Secret.of("c"))).isNull();
		clock.advance(Duration.ofSeconds(10));
		assertThat(tokens.find(Secret.of("a"))).isNull();
		assertThat(tokens.find(Secret.of("b"))).isNotNull();
		clock.advance(Duration.ofMinutes(5));
		assertThat(tokens.find(Secret.of("b"))).isNull();
	}

	@Test
	void tokenVerifiedAgainIsKnownForAnotherFiveMinutes() {
		tokens.remember(Secret.of("a"), new VerifiedToken(Team.ANONYMOUS, null));
		clock.advance(Duration.ofMinutes(4));
		tokens.remember(Secret.of("a"), new VerifiedToken(Team.ANONYMOUS, null));
		clock.advance(Duration.ofMinutes(4));

		assertThat(tokens.find(Secret.of("a"))).isNotNull();
	}

	@Test
	void expiredTokensAreRemoved() {
		for (int token = 0; token < 1_000; token++) {
			tokens.remember(Secret.of("token" + token), new VerifiedToken(Team.ANONYMOUS, null));
		}
		clock.advance(Duration.ofMinutes(10));

		tokens.remember(Secret.of("a"), new VerifiedToken(Team.ANONYMOUS, null));

		assertThat(tokens.size()).isEqualTo(1);
	}

}
