package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a directory that cannot be read and written for a while: in its place is a
 * link to itself, which stops the administrator too.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiskFailureTests {

	private static final Key KEY = new Key("1");

	@TempDir
	private Path temporary;

	private Path directory;

	private Path away;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@BeforeEach
	void directoryDoesNotExist() {
		directory = temporary.resolve("cache");
		away = temporary.resolve("away");
	}

	private void breakDirectory() throws IOException {
		Files.move(directory, away);
		Files.createSymbolicLink(directory, directory);
	}

	private void repairDirectory() throws IOException {
		Files.delete(directory);
		Files.move(away, directory);
	}

	@Test
	void failedWritesAreLoggedOnceAndTheirEndToo(CapturedOutput output) throws IOException {
		try (Run run = Run.start(directory, clock)) {
			run.put(KEY, "{\"old\":1}");
			assertThat(run.gauge("available")).isOne();
			breakDirectory();

			for (int number = 0; number < 5; number++) {
				run.put(new Key("lost " + number), "{}");
			}
			assertThat(run.count("puts", "failed")).isEqualTo(5);
			assertThat(run.gauge("available")).isZero();
			assertThat(run.text(new Key("lost 0"))).isEqualTo("nothing");

			repairDirectory();
			run.put(new Key("2"), "{}");
			assertThat(run.gauge("available")).isOne();
			assertThat(run.text(new Key("2"))).isEqualTo("{}");
			assertThat(run.text(KEY)).isEqualTo("{\"old\":1}");
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("Cache directory"))).satisfiesExactly(
				(line) -> assertThat(line).contains("WARN",
						"Cache directory cannot be written; a restart would lose new responses: directory=" + directory
								+ " reason=java.nio.file.FileSystemException: ",
						"Too many levels of symbolic links"),
				(line) -> assertThat(line).contains("INFO",
						"Cache directory can be written again: directory=" + directory));
	}

	@Test
	void failedReadsAreMissesAndLoggedOnceAndTheirEndToo(CapturedOutput output) throws IOException {
		try (Run run = Run.start(directory, clock)) {
			run.put(KEY, "{}");
			run.put(new Key("2"), "{}");
			breakDirectory();

			assertThat(run.text(KEY)).isEqualTo("nothing");
			assertThat(run.text(KEY)).isEqualTo("nothing");
			assertThat(run.text(new Key("2"))).isEqualTo("nothing");
			assertThat(run.count("lookups", "failed")).isEqualTo(3);
			assertThat(run.gauge("available")).isZero();

			repairDirectory();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> run.text(KEY).equals("{}"));
			assertThat(run.gauge("available")).isOne();
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("Cache directory"))).satisfiesExactly(
				(line) -> assertThat(line).contains("WARN",
						"Cache directory cannot be read; continuing without its responses: directory=" + directory
								+ " reason="),
				(line) -> assertThat(line).contains("INFO",
						"Cache directory can be read again: directory=" + directory));
	}

}
