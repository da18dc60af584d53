package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the files of the cache directory.
 */
class DiskCacheTests {

	private static final Key KEY = new Key("1");

	private static final String LONG = "{\"items\":[" + "\"abcdefgh\",".repeat(600) + "1]}";

	@TempDir
	private Path temporary;

	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@BeforeEach
	void directoryDoesNotExist() {
		directory = temporary.resolve("new").resolve("cache");
	}

	private Run start() {
		return Run.start(directory, clock);
	}

	@Test
	void responseWhenTheGatewayRestartsIsTheSameAndItsAgeContinues() {
		try (Run first = start()) {
			first.put(KEY, LONG);
		}
		clock.advance(Duration.ofSeconds(100));

		try (Run second = start()) {
			Entry found = Objects.requireNonNull(second.find(KEY));
			CachedResponse response = found.response();
			CachedResponse before = Run.entry(LONG, clock).response().withGzip();
			assertThat(response.identity()).isEqualTo(before.identity());
			assertThat(Objects.requireNonNull(response.gzip())).isEqualTo(Objects.requireNonNull(before.gzip()));
			assertThat(response.contentType()).isEqualTo("application/json");
			assertThat(response.origin())
				.isEqualTo(Run.entry(LONG, () -> clock.instant().minusSeconds(100)).response().origin());
			assertThat(found.lifetime()).isEqualTo(Run.LIFETIME);
			assertThat(second.count("lookups", "hit")).isOne();
		}
	}

	@Test
	void fileWhenAnyByteIsDamagedOrMissingIsAMissAndIsReplaced() throws IOException {
		byte[] good;
		try (Run first = start()) {
			first.put(KEY, "{\"items\":[]}");
			good = Files.readAllBytes(Run.file(directory, KEY));
		}

		try (Run run = Run.unscanned(directory, Run.SIZE, clock, clock)) {
			assertThat(IntStream.range(0, good.length)).allSatisfy((at) -> {
				byte[] damaged = good.clone();
				damaged[at] ^= 1;
				Files.write(Run.file(directory, KEY), damaged);
				assertThat(run.text(KEY)).isEqualTo("nothing");
				Files.write(Run.file(directory, KEY), Arrays.copyOf(good, at));
				assertThat(run.text(KEY)).isEqualTo("nothing");
			});
			assertThat(run.count("lookups", "damaged")).isEqualTo(2 * good.length);

			run.put(KEY, "{\"items\":[1]}");
			assertThat(run.text(KEY)).isEqualTo("{\"items\":[1]}");
			assertThat(Files.readAllBytes(Run.file(directory, KEY))).hasSize(good.length + 1);
		}
	}

	@Test
	void fileOfAnotherKeyOrAnotherFormIsAMissAndIsReplaced() throws IOException {
		Key other = new Key("other");
		byte[] old;
		try (Run first = start()) {
			first.put(KEY, "{}");
			Files.move(Run.file(directory, KEY), Run.file(directory, other));
			old = Files.readAllBytes(Run.file(directory, other));
			old[3]--;
			Files.write(Run.file(directory, KEY), old);
		}

		try (Run second = Run.unscanned(directory, Run.SIZE, clock, clock)) {
			assertThat(second.text(other)).isEqualTo("nothing");
			assertThat(second.text(KEY)).isEqualTo("nothing");
			second.put(other, "{\"own\":1}");
			assertThat(second.text(other)).isEqualTo("{\"own\":1}");
		}
		try (Run third = start()) {
			assertThat(third.text(other)).isEqualTo("{\"own\":1}");
			assertThat(Run.file(directory, KEY)).doesNotExist();
		}
	}

	@Test
	void linkOrPipeInPlaceOfAFileIsAMissAndIsReplacedAndNotFollowed() throws Exception {
		Path secret = Files.writeString(temporary.resolve("secret"), "secret");
		Key pipe = new Key("pipe");
		try (Run first = start()) {
			first.put(KEY, "{}");
			Files.move(Run.file(directory, KEY), temporary.resolve("real"));
		}
		Files.createSymbolicLink(Run.file(directory, KEY), temporary.resolve("real"));
		Files.createSymbolicLink(directory.resolve(FileHeader.fileName(KEY) + ".tmp"), secret);
		assertThat(new ProcessBuilder("mkfifo", Run.file(directory, pipe).toString()).start().waitFor()).isZero();

		try (Run run = Run.unscanned(directory, Run.SIZE, clock, clock)) {
			assertThat(run.text(KEY)).isEqualTo("nothing");
			assertThat(run.text(pipe)).isEqualTo("nothing");
			run.put(KEY, "{\"new\":1}");
			run.put(pipe, "{\"new\":2}");

			assertThat(run.text(KEY)).isEqualTo("{\"new\":1}");
			assertThat(run.text(pipe)).isEqualTo("{\"new\":2}");
		}
		assertThat(secret).hasContent("secret");
		assertThat(Run.file(directory, KEY)).isRegularFile();
		assertThat(Files.isSymbolicLink(Run.file(directory, KEY))).isFalse();
	}

	@Test
	void filesAreReadableByTheirUserOnlyAndHaveNoTextOfCallersInTheirNames() throws IOException {
		Key key = new Key("../../../" + temporary.resolve("escaped"));
		try (Run run = start()) {
			run.put(key, "{}");

			assertThat(run.text(key)).isEqualTo("{}");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
			assertThat(Run.names(directory)).hasSize(3).allSatisfy((name) -> {
				assertThat(name).matches("[0-9a-f]{32}\\.response|lock|clock");
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
					.isEqualTo("rw-------");
			});
		}
	}

	@Test
	void temporaryFileOfAKilledRunIsRemovedAndFilesOfOthersAreNot() throws IOException {
		Files.createDirectories(directory.resolve("sub"));
		Files.writeString(directory.resolve("notes.txt"), "mine");
		Files.writeString(directory.resolve("backup.tmp"), "mine");
		Files.writeString(directory.resolve(FileHeader.fileName(KEY) + ".tmp"), "half");
		Files.writeString(directory.resolve("clock.tmp"), "half");
		Files.writeString(Run.file(directory, new Key("foreign")), "foreign");

		try (Run run = start()) {
			run.put(KEY, "{}");
			assertThat(Run.names(directory)).containsExactlyInAnyOrder("lock", "clock", "sub", "notes.txt",
					"backup.tmp", FileHeader.fileName(KEY));
			assertThat(run.gauge("entries")).isOne();
		}
	}

	@Test
	void lookupBeforeTheDirectoryIsScannedReadsTheFile() {
		try (Run first = start()) {
			first.put(KEY, "{}");
		}

		try (Run second = Run.unscanned(directory, Run.SIZE, clock, clock)) {
			assertThat(second.text(KEY)).isEqualTo("{}");
			assertThat(second.gauge("entries")).isZero();
		}
	}

	@Test
	void lookupWhenMemoryHasAResponseOrNoFileExistsDoesNotReadTheDisk() throws IOException {
		try (Run run = start()) {
			run.put(KEY, "{}");
			Path foreign = Files.copy(Run.file(directory, KEY), Run.file(directory, new Key("2")));

			assertThat(run.cache().find(KEY, clock.instant()).blockOptional()).isEmpty();
			assertThat(run.text(new Key("2"))).isEqualTo("nothing");
			assertThat(run.count("lookups", "miss")).isOne();
			assertThat(run.count("lookups", "damaged")).isZero();
			assertThat(foreign).exists();
		}
	}

	@Test
	void responseThatIsNotUsableForLongIsNotStored() throws IOException {
		try (Run run = start()) {
			run.cache().put(KEY, Run.entry("{}", clock), Duration.ofSeconds(10)).block();
			run.put(new Key("2"), "{}");

			assertThat(Run.file(directory, KEY)).doesNotExist();
		}
	}

	@Test
	void responseThatIsUsableNoMoreIsAMissAndItsFileIsRemovedAtTheNextStart() {
		try (Run run = start()) {
			run.put(KEY, "{}");
			clock.advance(Run.USABLE);
			assertThat(run.text(KEY)).isEqualTo("nothing");
		}

		try (Run _ = start()) {
			assertThat(Run.file(directory, KEY)).doesNotExist();
		}
	}

	@Test
	void leastRecentlyUsedFilesAreRemovedFirst() throws IOException {
		try (Run run = Run.start(directory, 4 * 4096, clock, clock)) {
			for (String name : new String[] { "1", "2", "3", "4" }) {
				run.put(new Key(name), "{}");
			}
			assertThat(run.gauge("size")).isEqualTo(4 * 4096);
			run.find(new Key("1"));
			run.put(new Key("3"), "{}");
			run.put(new Key("5"), "{}");
			run.put(new Key("6"), "{}");

			assertThat(present("1", "2", "3", "4", "5", "6")).isEqualTo("1356");
			assertThat(run.gauge("size")).isEqualTo(4 * 4096);

			run.put(new Key("large"), incompressible(24_000));
			assertThat(run.count("puts", "dropped")).isOne();
			run.put(new Key("large"), incompressible(14_000));
			assertThat(present("1", "3", "5", "6", "large")).isEqualTo("6large");
		}
	}

	@Test
	void orderOfUseSurvivesARestart() throws IOException {
		try (Run run = start()) {
			for (String name : new String[] { "1", "2", "3", "4" }) {
				run.put(new Key(name), "{}");
				Files.setLastModifiedTime(Run.file(directory, new Key(name)), FileTime.from(clock.instant()));
				clock.advance(Duration.ofMinutes(20));
			}
			run.find(new Key("1"));
			run.find(new Key("3"));
		}

		try (Run _ = Run.start(directory, 3 * 4096, clock, clock)) {
			assertThat(present("1", "2", "3", "4")).isEqualTo("134");
		}
		try (Run run = Run.start(directory, 3 * 4096, clock, clock)) {
			run.put(new Key("5"), "{}");
			assertThat(present("1", "3", "4", "5")).isEqualTo("145");
		}
	}

	@Test
	void pastPagesAreRemovedBeforeOtherFilesAlsoAfterARestart() throws IOException {
		try (Run run = Run.start(directory, 4 * 4096, clock, clock)) {
			run.put(new Key("1"), "{}");
			run.put(new Key("2"), "{}");
			for (int page = 0; page < 10; page++) {
				run.put(new PastPage(page), "{}");
			}
			assertThat(present("1", "2")).isEqualTo("12");
			assertThat(presentPages(10)).containsExactly(8, 9);
		}

		try (Run run = Run.start(directory, 4 * 4096, clock, clock)) {
			run.find(new PastPage(8));
			run.put(new Key("3"), "{}");
			assertThat(present("1", "2", "3")).isEqualTo("123");
			assertThat(presentPages(10)).containsExactly(8);
			run.put(new Key("4"), "{}");
			run.put(new Key("5"), "{}");
			assertThat(present("3", "4", "5")).isEqualTo("345");
			assertThat(present("1", "2")).hasSize(1);
			assertThat(presentPages(10)).isEmpty();
		}
	}

	private List<Integer> presentPages(int count) {
		return IntStream.range(0, count)
			.filter((page) -> Files.exists(Run.file(directory, new PastPage(page))))
			.boxed()
			.toList();
	}

	private record PastPage(int number) implements CacheKey {

		@Override
		public String text() {
			return "pages/" + number;
		}

		@Override
		public boolean isEvictedFirst() {
			return true;
		}

	}

	private String present(String... names) {
		StringBuilder present = new StringBuilder();
		for (String name : names) {
			present.append(Files.exists(Run.file(directory, new Key(name))) ? name : "");
		}
		return present.toString();
	}

	private static String incompressible(int length) {
		byte[] bytes = new byte[length * 3 / 4];
		new Random(1).nextBytes(bytes);
		return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
	}

}
