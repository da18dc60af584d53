package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SteadyClock}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SteadyClockTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00.123456789Z");

	private final MutableClock wall = new MutableClock(START);

	private final AtomicLong ticks = new AtomicLong(-5_000_000_000L);

	private final SteadyClock clock = new SteadyClock(wall, ticks::get);

	@Test
	void instantWhenNobodySetsTheClockIsTheTimeOfDay(CapturedOutput output) {
		assertThat(clock.instant()).isEqualTo(START);

		pass(Duration.ofHours(30));

		assertThat(clock.instant()).isEqualTo(wall.instant()).isEqualTo(START.plus(Duration.ofHours(30)));
		assertThat(output).doesNotContain("clock");
	}

	@Test
	void instantWhenClockIsSetBackGoesOn(CapturedOutput output) {
		wall.advance(Duration.ofHours(-1));
		assertThat(clock.instant()).isEqualTo(START);

		pass(Duration.ofMinutes(7));

		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(7)));
		assertThat(output).containsOnlyOnce("set back, the gateway's goes on: aheadSeconds=3600");
	}

	@Test
	void instantWhenClockIsSetForwardFollowsIt() {
		wall.advance(Duration.ofDays(3));

		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(3)));
		pass(Duration.ofSeconds(1));
		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(3)).plusSeconds(1));
	}

	@Test
	void instantWhenClockWasSetBackAndForwardAgainIsTheTimeOfDay(CapturedOutput output) {
		wall.advance(Duration.ofHours(-1));
		clock.instant();
		pass(Duration.ofMinutes(5));
		wall.advance(Duration.ofHours(1));

		assertThat(clock.instant()).isEqualTo(wall.instant());
		pass(Duration.ofMinutes(5));
		assertThat(clock.instant()).isEqualTo(wall.instant());
		assertThat(output).containsOnlyOnce("has caught up");
	}

	@Test
	void instantWhenClockTremblesNeverGoesBackAndIsNotTold(CapturedOutput output) {
		Instant last = clock.instant();
		for (int step = 0; step < 1_000; step++) {
			pass(Duration.ofMillis(1));
			wall.advance(Duration.ofMillis((step % 2 == 0) ? 3 : -3));
			assertThat(clock.instant()).isAfterOrEqualTo(last);
			last = clock.instant();
		}

		assertThat(Duration.between(wall.instant(), last)).isLessThanOrEqualTo(Duration.ofMillis(3));
		assertThat(output).doesNotContain("clock");
	}

	private void pass(Duration time) {
		wall.advance(time);
		ticks.addAndGet(time.toNanos());
	}

}
