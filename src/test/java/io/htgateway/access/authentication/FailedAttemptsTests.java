package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.access.authentication.FailedAttempts.Attempt;
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

		assertThat(begin("192.0.2.1", false)).isEqualTo(new Attempt.Refused(Duration.ofSeconds(2)));
		assertThat(begin("192.0.2.2", false)).isInstanceOf(Attempt.Allowed.class);
		clock.advance(Duration.ofSeconds(2));
		assertThat(begin("192.0.2.1", false)).isInstanceOf(Attempt.Allowed.class);
	}

	@Test
	void attemptsOfOneIpv6NetworkCountTogether() {
		fail("2001:db8:0:1::1");

		assertThat(begin("2001:db8:0:1:ffff::2", false)).isInstanceOf(Attempt.Refused.class);
		assertThat(begin("2001:db8:0:2::1", false)).isInstanceOf(Attempt.Allowed.class);
	}

	@Test
	void releasedAttemptDoesNotCount() {
		for (int attempt = 0; attempt < 2 * FailedAttempts.PER_MINUTE; attempt++) {
			((Attempt.Allowed) begin("192.0.2.1", false)).release();
		}

		fail("192.0.2.1");
	}

	@Test
	void plausibleAttemptsHaveALimitOfTheirOwn() {
		fail("192.0.2.1");
		for (int attempt = 0; attempt < FailedAttempts.PLAUSIBLE_PER_MINUTE; attempt++) {
			assertThat(begin("192.0.2.1", true)).isInstanceOf(Attempt.Allowed.class);
		}

		assertThat(begin("192.0.2.1", true)).isEqualTo(new Attempt.Refused(Duration.ofMillis(20)));
		assertThat(begin("192.0.2.2", true)).isInstanceOf(Attempt.Allowed.class);
	}

	@Test
	void plausibleAttemptsOfAllAddressesAreLimitedTogetherAndTheFirstOfEachAreNot() {
		int allowed = 0;
		for (int address = 1; address <= 5; address++) {
			fail("192.0.2." + address);
			for (int attempt = 0; attempt < FailedAttempts.PLAUSIBLE_PER_MINUTE; attempt++) {
				allowed += (begin("192.0.2." + address, true) instanceof Attempt.Allowed) ? 1 : 0;
			}
		}

		assertThat(allowed).isEqualTo(FailedAttempts.ALL_PLAUSIBLE_PER_MINUTE);
		assertThat(begin("192.0.2.6", true)).isInstanceOf(Attempt.Allowed.class);
	}

	@Test
	void releasedPlausibleAttemptDoesNotCount() {
		fail("192.0.2.1");
		for (int attempt = 0; attempt < FailedAttempts.ALL_PLAUSIBLE_PER_MINUTE + 1; attempt++) {
			((Attempt.Allowed) begin("192.0.2.1", true)).release();
		}

		assertThat(begin("192.0.2.1", true)).isInstanceOf(Attempt.Allowed.class);
	}

	@Test
	void tableWhenManyAddressesFailStaysSmall() {
		for (int network = 0; network < 50_000; network++) {
			begin("10." + (network >> 16) + "." + ((network >> 8) & 255) + "." + (network & 255), false);
		}

		assertThat(failures.size()).isLessThanOrEqualTo(10_000);
	}

	private void fail(String address) {
		for (int attempt = 0; attempt < FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(begin(address, false)).isInstanceOf(Attempt.Allowed.class);
		}
	}

	private Attempt begin(String address, boolean plausible) {
		return failures.begin(new InetSocketAddress(InetAddress.ofLiteral(address), 4711), () -> plausible);
	}

}
