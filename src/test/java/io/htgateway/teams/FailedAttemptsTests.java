package io.htgateway.teams;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

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
	void waitWhenThereWereTooManyIsUntilTheNextMayBe() {
		fail("192.0.2.1");

		assertThat(failures.wait(address("192.0.2.1"))).isEqualTo(Duration.ofSeconds(2));
		assertThat(failures.wait(address("192.0.2.2"))).isNull();
		clock.advance(Duration.ofSeconds(2));
		assertThat(failures.wait(address("192.0.2.1"))).isNull();
	}

	@Test
	void waitIsTheSameForAllOfANetwork() {
		fail("2001:db8:0:1::1");

		assertThat(failures.wait(address("2001:db8:0:1:ffff::2"))).isNotNull();
		assertThat(failures.wait(address("2001:db8:0:2::1"))).isNull();
	}

	@Test
	void tableWhenManyAddressesFailStaysSmall() {
		for (int network = 0; network < 50_000; network++) {
			failures.count(address("10." + (network >> 16) + "." + ((network >> 8) & 255) + "." + (network & 255)));
		}

		assertThat(failures.size()).isLessThanOrEqualTo(10_000);
	}

	private void fail(String address) {
		for (int attempt = 0; attempt < FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(failures.wait(address(address))).isNull();
			failures.count(address(address));
		}
	}

	private static InetSocketAddress address(String literal) {
		return new InetSocketAddress(InetAddress.ofLiteral(literal), 4711);
	}

}
