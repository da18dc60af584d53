package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.testing.MutableClock;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that ages survive a restart on a machine whose clock is set.
 */
class DirectoryClockTests {

	private static final Key KEY = new Key("1");

	private final MutableClock wall = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@TempDir
	private Path directory;

	private SetClock clock;

	@BeforeEach
	void machineStarts() {
		clock = new SetClock(wall);
	}

	private Run start() {
		return Run.start(directory, Run.SIZE, clock.ages(), wall);
	}

	private Run restart(Duration after) {
		wall.advance(after);
		clock = new SetClock(wall);
		return start();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1H", "P-3650D" })
	void ageAfterTheClockWasSetBackInARunIsExact(Duration jump) {
		try (Run first = start()) {
			first.put(KEY, "{}");
			clock.pass(Duration.ofSeconds(50));
			clock.set(jump);
			clock.pass(Duration.ofSeconds(50));
			assertThat(first.age(KEY)).isEqualTo(Duration.ofSeconds(100));
		}

		try (Run second = restart(Duration.ofSeconds(7))) {
			assertThat(second.age(KEY)).isEqualTo(Duration.ofSeconds(107));
			assertThat(second.isFresh(KEY)).isTrue();
			clock.pass(Duration.ofSeconds(10));
		}
		try (Run third = restart(Duration.ofSeconds(1))) {
			assertThat(third.age(KEY)).isEqualTo(Duration.ofSeconds(118));
		}
	}

	// The clock of ages counts a jump forward as a suspension of the machine.
	@Test
	void ageAfterTheClockWasSetForwardIncludesTheJump() {
		try (Run first = start()) {
			first.put(KEY, "{}");
			clock.set(Duration.ofSeconds(60));
			clock.pass(Duration.ofSeconds(10));
		}

		try (Run second = restart(Duration.ofSeconds(60))) {
			assertThat(second.age(KEY)).isEqualTo(Duration.ofSeconds(130));
			assertThat(second.isFresh(KEY)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-1M", "P-3650D" })
	void responseWhenTheClockWasSetBackBetweenTwoRunsIsStaleAndNotYounger(Duration jump) {
		try (Run first = start()) {
			first.put(KEY, "{}");
			clock.pass(Duration.ofSeconds(100));
		}

		try (Run second = restart(jump)) {
			assertThat(second.text(KEY)).isEqualTo("{}");
			assertThat(second.age(KEY)).isEqualTo(Duration.ofSeconds(100));
			assertThat(second.isFresh(KEY)).isFalse();
			second.put(new Key("2"), "{}");
			clock.pass(Duration.ofSeconds(10));
			assertThat(second.isFresh(new Key("2"))).isTrue();
		}
		try (Run third = restart(Duration.ofSeconds(5))) {
			assertThat(third.age(KEY)).isEqualTo(Duration.ofSeconds(115));
			assertThat(third.isFresh(KEY)).isFalse();
			assertThat(third.age(new Key("2"))).isEqualTo(Duration.ofSeconds(15));
			assertThat(third.isFresh(new Key("2"))).isTrue();
		}
	}

	@Test
	void responseWhenTheClockWasCorrectedByLessThanTwoSecondsIsFresh() {
		try (Run first = start()) {
			first.put(KEY, "{}");
			clock.pass(Duration.ofSeconds(10));
		}

		try (Run second = restart(Duration.ofSeconds(-2))) {
			assertThat(second.age(KEY)).isEqualTo(Duration.ofSeconds(10));
			assertThat(second.isFresh(KEY)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void responseWhenTheSavedTimeIsMissingOrDamagedIsStale(boolean missing) throws IOException {
		try (Run first = start()) {
			first.put(KEY, "{}");
			clock.pass(Duration.ofSeconds(10));
		}
		Path saved = directory.resolve("clock");
		byte[] content = Files.readAllBytes(saved);
		content[20] ^= 1;
		Files.write(saved, content);
		if (missing) {
			Files.delete(saved);
		}

		try (Run second = restart(Duration.ofSeconds(5))) {
			assertThat(second.text(KEY)).isEqualTo("{}");
			assertThat(second.age(KEY)).isEqualTo(Duration.ofSeconds(15));
			assertThat(second.isFresh(KEY)).isFalse();
		}
	}

}
