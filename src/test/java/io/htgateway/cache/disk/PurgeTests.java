package io.htgateway.cache.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.Subjects;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a restart, also one by SIGKILL, does not undo a purge.
 */
@ExtendWith(OutputCaptureExtension.class)
class PurgeTests {

	private static final Key KEY = new Key("1");

	private static final Key OTHER = new Key("2");

	private static final Subjects PURGED = new Subjects(Key.ENDPOINT, Map.of("name", "1"));

	@TempDir
	private Path temporary;

	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@BeforeEach
	void directoryDoesNotExist() {
		directory = temporary.resolve("cache");
	}

	@Test
	void purgedResponseIsStaleInThisRunAndTheNextAndOthersAreNot() {
		try (Run run = Run.start(directory, clock)) {
			run.put(KEY, "{}");
			run.put(OTHER, "{}");
			clock.advance(Duration.ofSeconds(10));
			run.cache().expire(PURGED);
			Path left = run.killed("left");
			clock.advance(Duration.ofSeconds(10));

			assertThat(run.isFresh(KEY)).isFalse();
			assertThat(run.isFresh(OTHER)).isTrue();
			try (Run next = Run.start(left, clock)) {
				assertThat(next.text(KEY)).isEqualTo("{}");
				assertThat(next.age(KEY)).isEqualTo(Duration.ofSeconds(20));
				assertThat(next.find(KEY)).extracting(Entry::lifetime).isEqualTo(Duration.ofSeconds(10));
				assertThat(next.isFresh(OTHER)).isTrue();

				next.put(KEY, "{\"new\":1}");
				assertThat(next.isFresh(KEY)).isTrue();
			}
		}
	}

	@Test
	void purgeReachesFilesOfEarlierRunsThatAreNotScannedYet() {
		try (Run first = Run.start(directory, Run.SIZE * 100, clock, clock)) {
			for (int number = 0; number < 700; number++) {
				first.send(new Key(Integer.toString(number)), "{}");
			}
		}
		clock.advance(Duration.ofSeconds(10));

		try (Run second = Run.unscanned(directory, Run.SIZE * 100, clock, clock)) {
			second.cache().expire(Subjects.ALL);
			Path left = second.killed("left");
			try (Run third = Run.start(left, Run.SIZE * 100, clock, clock)) {
				assertThat(third.gauge("entries")).isEqualTo(700);
				for (int number = 0; number < 700; number++) {
					assertThat(third.isFresh(new Key(Integer.toString(number)))).isFalse();
				}
			}
		}
	}

	@RepeatedTest(50)
	void responseThatIsWrittenDuringThePurgeIsStaleAfterARestart() throws InterruptedException {
		try (Run run = Run.start(directory, clock)) {
			run.put(OTHER, "{}");
			Entry fetchedBefore = Run.entry("{}", clock);
			clock.advance(Duration.ofSeconds(1));
			Thread writing = Thread.ofPlatform().start(() -> run.cache().put(KEY, fetchedBefore, Run.USABLE).block());
			run.cache().expire(PURGED);
			writing.join();
		}

		try (Run next = Run.start(directory, clock)) {
			assertThat(next.text(KEY)).isEqualTo("{}");
			assertThat(next.isFresh(KEY)).isFalse();
			assertThat(next.isFresh(OTHER)).isTrue();
		}
	}

	@Test
	void purgeThatCannotBeStoredIsLogged(CapturedOutput output) throws Exception {
		try (Run run = Run.start(directory, clock)) {
			run.put(KEY, "{}");
			Path away = Files.move(directory, temporary.resolve("away"));
			Files.writeString(directory, "a file");

			run.cache().expire(PURGED);

			assertThat(output).contains("Purge not stored on disk; after a restart the purged responses may be fresh "
					+ "again: reason=java.nio.file.FileSystemException: ");
			Files.delete(directory);
			Files.move(away, directory);
			assertThat(run.text(KEY)).isEqualTo("nothing");
		}
	}

}
