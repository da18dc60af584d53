package io.htgateway.cache.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.cache.disk.PendingWrites.Added;
import io.htgateway.cache.disk.PendingWrites.Pending;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of many writers and readers at the same time, and of writes that wait.
 */
class ConcurrentUseTests {

	private static final Key KEY = new Key("1");

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@TempDir
	private Path temporary;

	private Entry fetchedAfter(int seconds) {
		return Run.entry("{\"after\":" + seconds + "}", () -> clock.instant().plusSeconds(seconds));
	}

	@RepeatedTest(50)
	void readersAndWritersOfTheSameKeysSeeNoDamageAndTheLatestIsLeft() throws Exception {
		Path directory = temporary.resolve("cache");
		AtomicInteger next = new AtomicInteger();
		int writes = 200;
		try (Run run = Run.start(directory, 4 * 4096, clock, clock)) {
			Callable<Boolean> attempt = () -> {
				for (int at = next.incrementAndGet(); at <= writes; at = next.incrementAndGet()) {
					Key key = new Key(Integer.toString(at % 3));
					run.cache().put(key, fetchedAfter(at), Run.USABLE).block();
					String text = run.text(key);
					if (!text.equals("nothing") && Integer.parseInt(text.replaceAll("\\D", "")) % 3 != at % 3) {
						return false;
					}
				}
				return true;
			};

			assertThat(Threads.successes(4, attempt)).isEqualTo(4);
			assertThat(run.count("lookups", "damaged")).isZero();
			assertThat(run.count("lookups", "failed")).isZero();
		}
		try (Run second = Run.start(directory, 4 * 4096, clock, clock)) {
			assertThat(second.text(new Key("2"))).isEqualTo("{\"after\":200}");
			assertThat(second.text(new Key("1"))).isEqualTo("{\"after\":199}");
			assertThat(second.text(new Key("0"))).isEqualTo("{\"after\":198}");
		}
	}

	@Test
	void responseThatIsStoredAgainWhileItsWriteIsPendingIsWrittenOnceWithTheLatest() throws Exception {
		PendingWrites pending = new PendingWrites();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		DiskMeters meters = DiskMeters.of(registry);
		FileIndex index = new FileIndex();
		CacheDirectory directory = new CacheDirectory(temporary);
		DiskHealth health = new DiskHealth(directory);
		DirectoryClock time = DirectoryClock.of(directory, clock, clock);
		DiskWriter writer = new DiskWriter(directory, index, pending, new RecentPurges(), time, health, meters,
				Run.SIZE);
		String name = FileHeader.fileName(KEY);

		assertThat(pending.add(name, new Pending(KEY, fetchedAfter(1), Run.USABLE))).isEqualTo(Added.FIRST);
		assertThat(pending.add(name, new Pending(KEY, fetchedAfter(3), Run.USABLE))).isEqualTo(Added.REPLACED);
		assertThat(pending.add(name, new Pending(KEY, fetchedAfter(2), Run.USABLE))).isEqualTo(Added.REPLACED);
		writer.write(name);
		writer.write(name);

		assertThat(meters.puts().count()).isOne();
		clock.advance(Duration.ofSeconds(10));
		DiskReader reader = new DiskReader(directory, index, time, clock, health, meters);
		assertThat(reader.read(KEY, name)).extracting((found) -> found.response().identity())
			.isEqualTo(fetchedAfter(3).response().identity());
		assertThat(pending.count()).isZero();
	}

	@Test
	void earlierResponseDoesNotReplaceALaterOne() {
		try (Run run = Run.start(temporary, clock)) {
			run.cache().put(KEY, fetchedAfter(-1), Run.USABLE).block();
			run.put(KEY, "{\"late\":1}");
			run.cache().put(KEY, fetchedAfter(-1), Run.USABLE).block();
			run.put(new Key("2"), "{}");

			assertThat(run.text(KEY)).isEqualTo("{\"late\":1}");
		}
	}

	@Test
	void responsesThatWaitAreBounded() {
		PendingWrites pending = new PendingWrites();

		for (int number = 0; number < 1_000; number++) {
			assertThat(pending.add("file " + number, new Pending(KEY, fetchedAfter(1), Run.USABLE)))
				.isEqualTo(Added.FIRST);
		}
		assertThat(pending.add("one more", new Pending(KEY, fetchedAfter(1), Run.USABLE))).isEqualTo(Added.FULL);
		assertThat(pending.add("file 7", new Pending(KEY, fetchedAfter(2), Run.USABLE))).isEqualTo(Added.REPLACED);
	}

	@Test
	void bodiesThatWaitAreBounded() {
		PendingWrites pending = new PendingWrites();
		Entry large = Run.entry("a".repeat(9 * 1024 * 1024), clock);

		assertThat(pending.add("1", new Pending(KEY, large, Run.USABLE))).isEqualTo(Added.FIRST);
		assertThat(pending.add("2", new Pending(KEY, large, Run.USABLE))).isEqualTo(Added.FULL);
		assertThat(pending.remove("1", Objects.requireNonNull(pending.find("1")))).isTrue();
		assertThat(pending.add("2", new Pending(KEY, large, Run.USABLE))).isEqualTo(Added.FIRST);
	}

}
