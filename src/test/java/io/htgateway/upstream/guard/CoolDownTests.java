package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import io.htgateway.testing.LogLines;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Threads;
import io.htgateway.upstream.response.UpstreamRefusal;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link CoolDown}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CoolDownTests {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final CoolDown coolDown = new CoolDown(clock);

	@Test
	void callsWithoutAPauseAreAdmitted() {
		assertThat(admitted(1_000)).isEqualTo(1_000);
	}

	@Test
	void callsDuringPauseAreRefusedWithTheTimeLeft() {
		coolDown.begin(PAUSE);
		clock.advance(Duration.ofSeconds(12));

		assertThatExceptionOfType(UpstreamRefusal.CoolingDown.class).isThrownBy(coolDown::admit)
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(18)));
		clock.advance(Duration.ofSeconds(18).minusMillis(1));
		assertThat(admitted(100)).isZero();
	}

	@Test
	void callsAfterPauseAreOneMoreEachSecondForTenSeconds(CapturedOutput output) {
		coolDown.begin(PAUSE);
		clock.advance(PAUSE);

		for (int second = 0; second < 10; second++) {
			assertThat(admitted(100)).isEqualTo(second + 1);
			clock.advance(SECOND.minusMillis(1));
			assertThat(admitted(100)).isZero();
			clock.advance(Duration.ofMillis(1));
		}
		assertThat(admitted(100)).isEqualTo(100);
		assertThat(LogLines.of(CoolDown.class, output)).satisfiesExactly(
				(begin) -> assertThat(begin).contains("WARN", "making no calls for 30 s"),
				(end) -> assertThat(end).contains("INFO", "calls are no longer limited"));
	}

	@Test
	void callsOverTheRampAreRefusedForASecond() {
		coolDown.begin(PAUSE);
		clock.advance(PAUSE);
		coolDown.admit();

		assertThatExceptionOfType(UpstreamRefusal.CoolingDown.class).isThrownBy(coolDown::admit)
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(SECOND));
	}

	@Test
	void beginDuringPauseKeepsTheLaterEndAndLogsNothing(CapturedOutput output) {
		coolDown.begin(PAUSE);
		coolDown.begin(SECOND);
		clock.advance(SECOND);
		assertThat(admitted(1)).isZero();
		coolDown.begin(PAUSE);
		clock.advance(PAUSE.minusMillis(1));
		assertThat(admitted(1)).isZero();
		clock.advance(Duration.ofMillis(1));

		assertThat(admitted(2)).isEqualTo(1);
		assertThat(LogLines.of(CoolDown.class, output)).hasSize(1);
	}

	@Test
	void beginDuringRampRestartsIt() {
		coolDown.begin(SECOND);
		clock.advance(Duration.ofSeconds(6));
		assertThat(admitted(100)).isEqualTo(6);
		coolDown.begin(SECOND);
		clock.advance(SECOND);

		assertThat(admitted(100)).isEqualTo(1);
	}

	@RepeatedTest(5)
	void callsOfManyThreadsDuringRampAreNoMoreThanItAdmits() throws Exception {
		coolDown.begin(SECOND);
		clock.advance(Duration.ofSeconds(5));

		assertThat(Threads.successes(100, this::isAdmitted)).isEqualTo(5);
	}

	private long admitted(int attempts) {
		return IntStream.range(0, attempts).filter((attempt) -> isAdmitted()).count();
	}

	private boolean isAdmitted() {
		try {
			coolDown.admit();
			return true;
		}
		catch (UpstreamRefusal.CoolingDown refused) {
			return false;
		}
	}

}
