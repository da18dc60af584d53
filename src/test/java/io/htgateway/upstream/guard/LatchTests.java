package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;

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
 * Tests of {@link Latch}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LatchTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Latch latch = Latch.ofKey(clock);

	@Test
	void callsWhenKeyWasRefusedAreAdmittedOnceAMinute() {
		latch.close(401, latch.admit());
		for (int minute = 0; minute < 5; minute++) {
			clock.advance(MINUTE.minusMillis(1));
			assertThat(isAdmitted()).isFalse();
			clock.advance(Duration.ofMillis(1));
			assertThat(isAdmitted()).isTrue();
			assertThat(isAdmitted()).isFalse();
		}
	}

	@Test
	void callsWhenRefusedHaveTheTimeUntilTheNextProbe() {
		latch.close(401, latch.admit());
		clock.advance(Duration.ofSeconds(18));

		assertThatExceptionOfType(UpstreamRefusal.KeyRefused.class).isThrownBy(latch::admit)
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(42)));
	}

	@Test
	void callsWhenProbeWasAcceptedAreAdmitted(CapturedOutput output) {
		latch.close(403, latch.admit());
		clock.advance(MINUTE);
		latch.accepted(latch.admit());

		assertThat(isAdmitted()).isTrue();
		assertThat(isAdmitted()).isTrue();
		assertThat(LogLines.of(Latch.class, output)).satisfiesExactly(
				(close) -> assertThat(close).contains("ERROR",
						"refuses the API key (403): making one probe a minute and no other calls until the key is"
								+ " accepted. Check HYPERTRACKER_API_KEY and the plan"),
				(open) -> assertThat(open).contains("INFO", "accepts the API key again: calls resume"));
	}

	@Test
	void callInFlightWhenKeyWasRefusedDoesNotOpen() {
		Latch.Pass before = latch.admit();
		latch.close(401, latch.admit());
		latch.accepted(before);

		assertThat(isAdmitted()).isFalse();
	}

	@Test
	void probeThatIsRefusedTooLogsNothing(CapturedOutput output) {
		latch.close(401, latch.admit());
		for (int minute = 0; minute < 10; minute++) {
			clock.advance(MINUTE);
			Latch.Pass probe = latch.admit();
			latch.close(401, probe);
			assertThat(isAdmitted()).isFalse();
		}

		assertThat(LogLines.of(Latch.class, output)).hasSize(1);
	}

	@Test
	void probeThatWasNotSentAdmitsAnother() {
		latch.close(401, latch.admit());
		clock.advance(MINUTE);
		latch.unsent(latch.admit());

		assertThat(isAdmitted()).isTrue();
		assertThat(isAdmitted()).isFalse();
	}

	@Test
	void callsWhenKeyHasChangedAreAdmitted() {
		latch.close(401, latch.admit());

		assertThat(latch.keyChanged()).isTrue();
		assertThat(latch.keyChanged()).isFalse();
		assertThat(isAdmitted()).isTrue();
		assertThat(isAdmitted()).isTrue();
	}

	@Test
	void callOfPreviousKeyThatIsRefusedDoesNotClose(CapturedOutput output) {
		Latch.Pass former = latch.admit();
		latch.keyChanged();
		latch.close(401, former);

		assertThat(latch.isClosed()).isFalse();
		assertThat(isAdmitted()).isTrue();
		assertThat(output).doesNotContain("API key");
	}

	@Test
	void probeOfPreviousKeyThatIsRefusedOrNotSentDoesNotClose() {
		latch.close(401, latch.admit());
		clock.advance(MINUTE);
		Latch.Pass former = latch.admit();
		latch.keyChanged();
		latch.close(401, former);
		latch.unsent(former);

		assertThat(latch.isClosed()).isFalse();
	}

	@RepeatedTest(5)
	void probeIsOneForManyThreads() throws Exception {
		latch.close(401, latch.admit());
		clock.advance(MINUTE);

		assertThat(Threads.successes(100, this::isAdmitted)).isEqualTo(1);
	}

	private boolean isAdmitted() {
		try {
			latch.admit();
			return true;
		}
		catch (UpstreamRefusal.KeyRefused refused) {
			return false;
		}
	}

}
