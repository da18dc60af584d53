package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SteadyClock}.
 */
class SteadyClockTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00.123456789Z");

	private final MutableClock wall = new MutableClock(START);

	private final AtomicLong ticks = new AtomicLong(-5_000_000_000L);

	private final SteadyClock clock = new SteadyClock(wall, ticks::get);

	@Test
	void instantWhenNobodySetsTheClockIsTheTimeOfDay() {
		assertThat(clock.instant()).isEqualTo(START);

		pass(Duration.ofHours(30));

		assertThat(clock.instant()).isEqualTo(wall.instant()).isEqualTo(START.plus(Duration.ofHours(30)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1S", "PT1S", "PT-1H", "PT1H", "P-40D", "P40D", "P-20000D", "P1100D", "P100000D" })
	void instantWhenClockIsSetGoesOnEvenly(Duration jump) {
		wall.advance(jump);
		assertThat(clock.instant()).isEqualTo(START);
		pass(Duration.ofMinutes(7));
		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(7)));
		wall.advance(jump.negated());
		pass(Duration.ofMinutes(7));

		assertThat(clock.instant()).isEqualTo(wall.instant());
	}

	private void pass(Duration time) {
		wall.advance(time);
		ticks.addAndGet(time.toNanos());
	}

}
