package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AgeClock}, whose system clock and steady clock drift apart.
 */
@ExtendWith(OutputCaptureExtension.class)
class AgeClockTests {

	private static final Instant START = Instant.parse("2026-11-27T10:00:00.123456789Z");

	private final MutableClock wall = new MutableClock(START);

	private final MutableClock steady = new MutableClock(START);

	private final AgeClock clock = new AgeClock(steady, wall);

	@Test
	void instantWhenTimePassesIsTheTimeOfDay() {
		pass(Duration.ofHours(30));

		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(30)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "PT30S", "PT8H", "P40D" })
	void instantAfterSuspensionCountsIt(Duration suspension, CapturedOutput output) {
		pass(Duration.ofMinutes(1));
		wall.advance(suspension);

		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(1)).plus(suspension));
		assertThat(output.getOut().lines()).singleElement()
			.asString()
			.contains("INFO", "System clock jumped forward", "seconds=" + suspension.toSeconds());
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1S", "PT-1H", "P-40D", "P-20000D" })
	void instantWhenSystemClockIsSetBackGoesOnEvenly(Duration jump) {
		wall.advance(jump);
		assertThat(clock.instant()).isEqualTo(START);
		pass(Duration.ofMinutes(7));

		assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(7)));
	}

	@Test
	void instantAfterSuspensionBehindAClockThatWasSetBackCountsIt() {
		wall.advance(Duration.ofHours(-10));
		pass(Duration.ofMinutes(1));
		Instant before = clock.instant();

		wall.advance(Duration.ofHours(8));

		assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(8)));
	}

	@Test
	void instantWhenSystemClockIsSetForwardForAMomentDoesNotGoBack() {
		wall.advance(Duration.ofDays(40));
		Instant highest = clock.instant();
		wall.advance(Duration.ofDays(-40));

		assertThat(clock.instant()).isEqualTo(highest);
		pass(Duration.ofSeconds(5));
		assertThat(clock.instant()).isEqualTo(highest.plusSeconds(5));
	}

	@Test
	void instantAfterManyShortSuspensionsLacksLessThanASecond() {
		for (int time = 0; time < 1_000; time++) {
			wall.advance(Duration.ofMillis(130));
			Instant _ = clock.instant();
		}

		assertThat(clock.instant()).isBetween(START.plusMillis(129_000), START.plusMillis(130_000));
	}

	@Test
	void instantWhenSystemClockTremblesIsEvenAndLogsNothing(CapturedOutput output) {
		for (int step = 0; step < 1_000; step++) {
			pass(Duration.ofMillis(100));
			wall.advance(Duration.ofMillis((step % 2 == 0) ? 300 : -300));
			assertThat(clock.instant()).isEqualTo(steady.instant());
		}

		assertThat(output).doesNotContain("clock");
	}

	@Test
	void instantWhenClockIsSetAgainAndAgainLogsItOnceAMinute(CapturedOutput output) {
		for (int second = 0; second < 120; second++) {
			wall.advance(Duration.ofHours(1));
			Instant _ = clock.instant();
			wall.advance(Duration.ofHours(-1));
			pass(Duration.ofSeconds(1));
			Instant _ = clock.instant();
		}

		assertThat(output.getOut().lines()).hasSize(2);
	}

	// The thread stops for five seconds after it has read the first of the two clocks.
	@Test
	void instantWhenItsThreadStopsBetweenTheClocksSeesNoGap() {
		AtomicReference<Duration> stop = new AtomicReference<>(Duration.ZERO);
		InstantSource stopping = () -> {
			Instant now = steady.instant();
			pass(stop.getAndSet(Duration.ZERO));
			return now;
		};
		AgeClock stopped = new AgeClock(stopping, wall);
		stop.set(Duration.ofSeconds(5));

		assertThat(stopped.instant()).isEqualTo(START.plusSeconds(5));
		assertThat(stopped.instant()).isEqualTo(START.plusSeconds(5));
	}

	private void pass(Duration time) {
		wall.advance(time);
		steady.advance(time);
	}

}
