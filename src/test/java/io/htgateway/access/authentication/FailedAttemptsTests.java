package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.access.TeamRefusal;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FailedAttempts}.
 */
class FailedAttemptsTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final FailedAttempts failures = new FailedAttempts(clock);

	@Test
	void attemptAfterTooManyFailuresIsRefusedUntilRetryAfter() {
		fail("192.0.2.1");

		assertThat(refuse("192.0.2.1")).isInstanceOfSatisfying(TeamRefusal.TooManyFailures.class,
				(refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
		assertThat(refuse("192.0.2.2")).isInstanceOf(TeamRefusal.Unauthenticated.class);
		clock.advance(Duration.ofSeconds(2));
		assertThat(refuse("192.0.2.1")).isInstanceOf(TeamRefusal.Unauthenticated.class);
	}

	@Test
	void attemptsOfOneIpv6NetworkCountTogether() {
		fail("2001:db8:0:1::1");

		assertThat(refuse("2001:db8:0:1:ffff::2")).isInstanceOf(TeamRefusal.TooManyFailures.class);
		assertThat(refuse("2001:db8:0:2::1")).isInstanceOf(TeamRefusal.Unauthenticated.class);
	}

	@Test
	void tableWhenManyAddressesFailStaysSmall() {
		for (int network = 0; network < 50_000; network++) {
			refuse("10." + (network >> 16) + "." + ((network >> 8) & 255) + "." + (network & 255));
		}

		assertThat(failures.size()).isLessThanOrEqualTo(10_000);
	}

	private void fail(String address) {
		for (int attempt = 0; attempt < FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(refuse(address)).isInstanceOf(TeamRefusal.Unauthenticated.class);
		}
	}

	private TeamRefusal refuse(String address) {
		return failures.refuse(new InetSocketAddress(InetAddress.ofLiteral(address), 4711), true);
	}

}
