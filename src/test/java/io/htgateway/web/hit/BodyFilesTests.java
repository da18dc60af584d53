package io.htgateway.web.hit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.Representation;
import io.htgateway.testing.MutableClock;
import io.netty.channel.FileRegion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BodyFiles}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BodyFilesTests {

	private static final int LARGE = 40_000;

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private BodyFiles files = new BodyFiles(Path.of("missing"), Schedulers.immediate(), clock);

	@AfterEach
	void close() {
		files.close();
	}

	@Test
	void findWhenCalledAgainReturnsAllBytesEachTime() throws IOException {
		files = new BodyFiles(directory, Schedulers.immediate(), clock);
		for (byte letter = 'a'; letter < 'd'; letter++) {
			assertThat(files.find(body(letter, LARGE))).isNull();
		}
		for (byte letter = 'a'; letter < 'd'; letter++) {
			Representation body = body(letter, LARGE);
			assertThat(read(files.find(body))).isEqualTo(body.bytes());
			assertThat(read(files.find(body))).isEqualTo(body.bytes());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 32 * 1024 - 1, 1024 * 1024 + 1 })
	void findWhenBodyIsSmallOrHugeNeverGivesFile(int length) {
		files = new BodyFiles(directory, Schedulers.immediate(), clock);
		for (int time = 0; time < 3; time++) {
			assertThat(files.find(body((byte) 'a', length))).isNull();
		}
	}

	@Test
	void findWhenClosedGivesNoneAndWhatWasGivenIsStillThere() throws IOException {
		files = new BodyFiles(directory, Schedulers.immediate(), clock);
		Representation body = body((byte) 'a', LARGE);
		files.find(body);
		FileRegion region = files.find(body);

		files.close();

		assertThat(files.find(body)).isNull();
		assertThat(read(region)).isEqualTo(body.bytes());
	}

	@Test
	void findLeavesNothingInDirectory() throws IOException {
		files = new BodyFiles(directory, Schedulers.immediate(), clock);
		files.find(body((byte) 'a', LARGE));

		try (Stream<Path> left = Files.list(directory)) {
			assertThat(left).isEmpty();
		}
	}

	@Test
	void findWhenFilesFailReturnsNoneAndLogsOnce(CapturedOutput output) {
		files = new BodyFiles(directory.resolve("missing"), Schedulers.immediate(), clock);
		for (int time = 0; time < 3; time++) {
			assertThat(files.find(body((byte) 'a', LARGE))).isNull();
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("sending large bodies from memory")))
			.hasSize(1);
	}

	@Test
	void findWhenFileIsBeingMadeHasItMadeOnce() throws IOException {
		List<Runnable> tasks = new ArrayList<>();
		files = new BodyFiles(directory, Schedulers.fromExecutor(tasks::add), clock);
		Representation body = body((byte) 'a', LARGE);
		for (int time = 0; time < 3; time++) {
			assertThat(files.find(body)).isNull();
		}
		assertThat(tasks).hasSize(1);

		tasks.getFirst().run();

		assertThat(read(files.find(body))).isEqualTo(body.bytes());
		assertThat(tasks).hasSize(1);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void findWhenFilesFailClosesAllFiles() throws IOException {
		Path place = Files.createDirectory(directory.resolve("place"));
		files = new BodyFiles(place, Schedulers.immediate(), clock);
		files.find(body((byte) 'a', LARGE));
		assertThat(open(place)).isEqualTo(1);
		Files.delete(place);

		files.find(body((byte) 'b', LARGE));

		assertThat(open(place)).isZero();
	}

	@Test
	void findWhenFilesWorkAgainReturnsFilesAndLogsOnceEachTime(CapturedOutput output) throws IOException {
		Path place = directory.resolve("place");
		files = new BodyFiles(place, Schedulers.immediate(), clock);
		for (int fault = 0; fault < 2; fault++) {
			for (int time = 0; time < 3; time++) {
				assertThat(files.find(body((byte) 'a', LARGE))).isNull();
				clock.advance(BodyFiles.TRIAL_INTERVAL);
			}
			Files.createDirectory(place);
			assertThat(files.find(body((byte) 'a', LARGE))).isNull();
			assertThat(read(files.find(body((byte) 'a', LARGE)))).isEqualTo(body((byte) 'a', LARGE).bytes());
			Files.delete(place);
			assertThat(files.find(body((byte) 'b', LARGE))).isNull();
		}
		assertThat(lines(output, "Temporary file failed")).isEqualTo(3);
		assertThat(lines(output, "Temporary files work again")).isEqualTo(2);
	}

	@Test
	void findWhenFilesFailTriesOneBodyAnInterval() {
		List<Runnable> tasks = new ArrayList<>();
		files = new BodyFiles(directory.resolve("missing"), Schedulers.fromExecutor(tasks::add), clock);
		files.find(body((byte) 'a', LARGE));
		tasks.removeFirst().run();
		for (byte letter = 'a'; letter < 'k'; letter++) {
			files.find(body(letter, LARGE));
		}
		assertThat(tasks).isEmpty();

		clock.advance(BodyFiles.TRIAL_INTERVAL);
		for (byte letter = 'a'; letter < 'k'; letter++) {
			files.find(body(letter, LARGE));
		}
		assertThat(tasks).hasSize(1);
	}

	@Test
	void findWhenNoThreadIsFreeTriesAgainNextTime() throws IOException {
		List<Runnable> tasks = new ArrayList<>();
		AtomicBoolean busy = new AtomicBoolean(true);
		files = new BodyFiles(directory, Schedulers.fromExecutor((task) -> {
			if (busy.get()) {
				throw new RejectedExecutionException("busy");
			}
			tasks.add(task);
		}), clock);
		assertThat(files.find(body((byte) 'a', LARGE))).isNull();
		busy.set(false);
		assertThat(files.find(body((byte) 'a', LARGE))).isNull();

		tasks.getFirst().run();

		assertThat(read(files.find(body((byte) 'a', LARGE)))).hasSize(LARGE);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void ofMakesAFileThatOnlyItsOwnerMayRead() throws IOException {
		BodyFile file = BodyFile.of(ByteBuffer.allocate(LARGE), directory);

		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			assertThat(descriptors.filter((descriptor) -> isIn(directory, descriptor))).singleElement()
				.satisfies((descriptor) -> assertThat(Files.getPosixFilePermissions(descriptor))
					.isEqualTo(PosixFilePermissions.fromString("rw-------")));
		}
		file.release();
	}

	private static long lines(CapturedOutput output, String text) {
		return output.toString().lines().filter((line) -> line.contains(text)).count();
	}

	private static long open(Path place) throws IOException {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> isIn(place, descriptor)).count();
		}
	}

	// A descriptor may be closed before it is read.
	private static boolean isIn(Path place, Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).startsWith(place);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Representation body(byte letter, int length) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, letter);
		return CachedResponse.of(bytes, "text/plain", Origin.of(Instant.EPOCH, Duration.ZERO)).identity();
	}

	private static byte[] read(@Nullable FileRegion region) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		FileRegion file = Objects.requireNonNull(region);
		file.transferTo(Channels.newChannel(out), 0);
		file.release();
		return out.toByteArray();
	}

}
