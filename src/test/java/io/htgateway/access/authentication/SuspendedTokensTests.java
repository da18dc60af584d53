package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.secret.Secret;
import io.htgateway.time.Dates;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of remembered tokens when the machine is suspended or its clock is set.
 */
class SuspendedTokensTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private static final Secret TOKEN = Secret.of("a");

	private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);

	private final SetClock clock = new SetClock(START);

	private final InstantSource dates = Dates.of(clock.ages()).clock();

	private final VerifiedTokens<VerifiedToken> tokens = new VerifiedTokens<>(dates, VerifiedToken::expiry);

	@Test
	void tokenIsNotKnownAfterSuspension() {
		tokens.remember(TOKEN, new VerifiedToken(Team.ANONYMOUS, null));

		clock.suspend(Duration.ofHours(8));

		assertThat(tokens.find(TOKEN)).isNull();
	}

	@Test
	void tokenThatExpiredDuringSuspensionIsNotAccepted() {
		clock.suspend(Duration.ofHours(8));

		assertThat(tokens.remember(TOKEN, new VerifiedToken(Team.ANONYMOUS, START.plus(Duration.ofHours(7)))))
			.isFalse();
		assertThat(tokens.find(TOKEN)).isNull();
	}

	@Test
	void tokenIsNotRememberedLongerWhenClockIsSetBack() {
		tokens.remember(TOKEN, new VerifiedToken(Team.ANONYMOUS, null));
		clock.set(Duration.ofHours(-8));
		clock.pass(Duration.ofMinutes(4));
		assertThat(tokens.find(TOKEN)).isEqualTo(new VerifiedToken(Team.ANONYMOUS, null));

		clock.pass(Duration.ofMinutes(1));

		assertThat(tokens.find(TOKEN)).isNull();
	}

	@Test
	void failedAttemptsAreForgottenAfterSuspensionAndNotWhenClockIsSetBack() {
		FailedAttempts failures = new FailedAttempts(dates);
		for (int attempt = 0; attempt < FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(failures.refuse(CLIENT, true)).isInstanceOf(TeamRefusal.Unauthenticated.class);
		}
		clock.set(Duration.ofHours(-8));
		assertThat(failures.refuse(CLIENT, true)).isInstanceOf(TeamRefusal.TooManyFailures.class);

		clock.suspend(Duration.ofHours(7));

		assertThat(failures.refuse(CLIENT, true)).isInstanceOf(TeamRefusal.Unauthenticated.class);
	}

}
