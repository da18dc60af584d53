package io.htgateway.time;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.testing.LogLines;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CalendarClock}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CalendarClockTests {

	private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

	private final MutableClock wall = new MutableClock(START);

	private final MutableClock steady = new MutableClock(START);

	private final CalendarClock clock = new CalendarClock(steady, wall);

	@ParameterizedTest
	@ValueSource(strings = { "PT-2S", "PT2S", "PT-1H", "PT1H", "P-40D", "P40D", "P-20000D", "P1100D" })
	void instantWhenClockIsSetForAMomentGoesOnEvenly(Duration jump, CapturedOutput output) {
		wall.advance(jump);
		for (int second = 0; second < 59; second++) {
			pass(Duration.ofSeconds(1));
			assertThat(clock.instant()).isEqualTo(steady.instant());
		}
		wall.advance(jump.negated());
		pass(Duration.ofSeconds(1));
		assertThat(clock.instant()).isEqualTo(steady.instant());
		pass(Duration.ofDays(1));

		assertThat(clock.instant()).isEqualTo(wall.instant()).isEqualTo(steady.instant());
		assertThat(LogLines.of(CalendarClock.class, output)).satisfiesExactly(
				(first) -> assertThat(first).contains("WARN",
						"System clock jumped; the days and months of the budget "
								+ "follow if the jump lasts for 60 s: bySeconds=" + jump.toSeconds()),
				(last) -> assertThat(last).contains("INFO",
						"System clock jumped back; the days " + "and months of the budget did not follow it"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-2S", "PT2S", "PT-1H", "PT1H", "P-40D", "P40D", "P-20000D", "P1100D" })
	void instantWhenClockStaysAtAnotherTimeFollowsIt(Duration jump, CapturedOutput output) {
		wall.advance(jump);
		assertThat(clock.instant()).isEqualTo(steady.instant());
		pass(Duration.ofMinutes(1));

		assertThat(clock.instant()).isEqualTo(wall.instant());
		assertThat(clock.date(START)).isEqualTo(START.plus(jump));
		assertThat(LogLines.of(CalendarClock.class, output)).hasSize(2)
			.last()
			.asString()
			.contains("WARN", "days and months of the budget follow it");
	}

	@Test
	void instantWhenClockIsSetAgainAndAgainGoesOnEvenly() {
		for (int second = 0; second < 600; second++) {
			wall.advance(Duration.ofHours(1));
			pass(Duration.ofSeconds(1));
			assertThat(clock.instant()).isEqualTo(steady.instant());
		}
	}

	@Test
	void instantWhenTheSameJumpReturnsWaitsAgain() {
		for (int time = 0; time < 10; time++) {
			wall.advance(Duration.ofDays(40));
			assertThat(clock.instant()).isEqualTo(steady.instant());
			pass(Duration.ofSeconds(2));
			wall.advance(Duration.ofDays(-40));
			assertThat(clock.instant()).isEqualTo(steady.instant());
			pass(Duration.ofMinutes(2));
		}
	}

	@Test
	void instantWhenClockTremblesIsEvenAndLogsNothing(CapturedOutput output) {
		for (int step = 0; step < 1_000; step++) {
			pass(Duration.ofMillis(100));
			wall.advance(Duration.ofMillis((step % 2 == 0) ? 300 : -300));
			assertThat(clock.instant()).isEqualTo(steady.instant());
		}

		assertThat(LogLines.of(CalendarClock.class, output)).isEmpty();
	}

	private void pass(Duration time) {
		wall.advance(time);
		steady.advance(time);
	}

}
