package io.htgateway.download;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.download.response.DownloadException;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link StorePause}.
 */
class StorePauseTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	private final StorePause pause = new StorePause(clock);

	@Test
	void pauseDoublesUpToFiveMinutes() {
		List<Long> pauses = new ArrayList<>();
		for (int slowDown = 0; slowDown < 11; slowDown++) {
			pause.admit();
			Duration length = pause.begin(Duration.ZERO);
			pauses.add(length.toSeconds());
			clock.advance(length);
		}

		assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
	}

	@Test
	void pauseOfDownloadsAtTheSameTimeBeginsOnce() {
		for (int download = 0; download < 20; download++) {
			pause.admit();
		}
		for (int slowDown = 0; slowDown < 20; slowDown++) {
			assertThat(pause.begin(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
		}
	}

	@Test
	void admitAfterThePausePermitsOneDownloadUntilItsAnswer() {
		begin(Duration.ZERO);
		clock.advance(Duration.ofSeconds(1));
		pause.admit();

		assertPaused(30);
		pause.end();

		assertThatCode(pause::admit).doesNotThrowAnyException();
		assertThatCode(pause::admit).doesNotThrowAnyException();
	}

	@Test
	void admitWhenThatDownloadHasNoAnswerPermitsAnotherOneLater() {
		begin(Duration.ZERO);
		clock.advance(Duration.ofSeconds(1));
		pause.admit();
		clock.advance(Duration.ofSeconds(30));

		assertThatCode(pause::admit).doesNotThrowAnyException();
		assertPaused(30);
	}

	@Test
	void endOfADownloadFromBeforeThePauseDoesNotEndIt() {
		pause.admit();
		begin(Duration.ofSeconds(50));

		pause.end();

		assertPaused(50);
	}

	@Test
	void beginWhenTheStoreAsksForMoreLastsLonger() {
		pause.admit();
		begin(Duration.ofSeconds(50));

		assertThat(pause.begin(Duration.ofSeconds(70))).isEqualTo(Duration.ofSeconds(70));
		assertThat(pause.begin(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(70));
	}

	@Test
	void admitLongAfterThePauseForgetsIt() {
		begin(Duration.ZERO);
		clock.advance(Duration.ofMinutes(6));

		pause.admit();
		assertThatCode(pause::admit).doesNotThrowAnyException();
		assertThat(pause.begin(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
	}

	private void begin(Duration asked) {
		pause.admit();
		pause.begin(asked);
	}

	private void assertPaused(long seconds) {
		assertThatExceptionOfType(DownloadException.Paused.class).isThrownBy(pause::admit)
			.satisfies((paused) -> assertThat(paused.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
	}

}
