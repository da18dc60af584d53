package io.htgateway.cache.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import io.htgateway.settings.UnusableSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link DirectoryLock}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DirectoryLockTests {

	@TempDir
	private Path temporary;

	@Test
	void directoryOfAnotherGatewayIsRefusedUntilItEnds() {
		try (DirectoryLock first = DirectoryLock.of(temporary)) {
			assertThat(first.path()).isDirectory();
			assertRefused(temporary,
					"is %s, which another gateway uses: give each gateway its own directory.".formatted(temporary));
		}

		DirectoryLock.of(temporary).close();
	}

	@Test
	void fileIsRefused() throws Exception {
		Path file = Files.writeString(temporary.resolve("file"), "");

		assertRefused(file, "is %s, which is not a directory: name a directory, such as %s.".formatted(file,
				temporary.resolve("cache")));
	}

	@Test
	void directoryBelowAFileIsRefused() throws Exception {
		Path directory = Files.writeString(temporary.resolve("file"), "").resolve("cache");

		assertRefused(directory, "is %s, a directory that cannot be created: Not a directory.".formatted(directory));
	}

	@Test
	void directoryThatCannotBeWrittenIsRefused() {
		assertThatExceptionOfType(UnusableSettingsException.class)
			.isThrownBy(() -> DirectoryLock.of(Path.of("/proc/self")))
			.withMessageMatching("gateway.cache.directory is /proc/self, but /proc/[0-9]+/lock cannot be created and "
					+ "locked: no file can be created there.");
	}

	@Test
	void lockThatIsALinkIsRefusedAndNotFollowed() throws Exception {
		Files.createSymbolicLink(temporary.resolve("lock"), temporary.resolve("created"));

		assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(() -> DirectoryLock.of(temporary))
			.withMessageContaining("lock cannot be created and locked: ");
		assertThat(temporary.resolve("created")).doesNotExist();
	}

	@Test
	void secondGatewayOnTheSameDirectoryDoesNotStart() {
		Path directory = temporary.resolve("cache");
		try (ConfigurableApplicationContext first = start(directory)) {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(directory).close())
				.havingRootCause()
				.isInstanceOf(UnusableSettingsException.class)
				.withMessageContaining("another gateway uses");
			assertThat(first.isRunning()).isTrue();
		}

		start(directory).close();
	}

	@Test
	void directoryIsNotUsedWithRedis(CapturedOutput output) {
		Path directory = temporary.resolve("cache");
		start(directory, "--gateway.shared.enabled=true", "--spring.data.redis.port=1").close();

		assertThat(output).contains("Cache directory not used, because Redis stores responses: directory=" + directory);
		assertThat(directory).doesNotExist();
	}

	private static ConfigurableApplicationContext start(Path directory, String... more) {
		String[] arguments = { "--server.port=0", "--management.server.port=0", "--gateway.upstream.api-key=key",
				"--gateway.cache.directory=" + directory };
		return new SpringApplicationBuilder(GatewayApplication.class)
			.run(Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private static void assertRefused(Path directory, String problem) {
		assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(() -> DirectoryLock.of(directory))
			.withMessage("gateway.cache.directory " + problem);
	}

}
