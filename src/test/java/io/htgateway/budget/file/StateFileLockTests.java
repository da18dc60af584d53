package io.htgateway.budget.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import io.htgateway.settings.UnusableSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link StateFileLock}.
 */
class StateFileLockTests {

	@TempDir
	private Path directory;

	@Test
	void fileOfAnotherGatewayIsRefusedUntilItEnds() {
		Path file = directory.resolve("spend.json");
		try (StateFileLock first = StateFileLock.of(file)) {
			assertThat(first).isNotNull();
			assertRefused(file, "is %s, which another gateway uses: give each gateway its own file.".formatted(file));
		}

		StateFileLock.of(file).close();
	}

	@Test
	void directoryIsRefusedAndStaysEmpty() throws Exception {
		assertRefused(directory, "is the directory %s: name a file in it, such as %s.".formatted(directory,
				directory.resolve("spend.json")));

		try (Stream<Path> files = Files.list(directory)) {
			assertThat(files).isEmpty();
		}
	}

	@Test
	void missingDirectoryIsRefused() {
		Path file = directory.resolve("missing").resolve("spend.json");

		assertRefused(file, "is %s, but the directory %s does not exist: create it, or name another file."
			.formatted(file, directory.resolve("missing")));
	}

	@Test
	void fileBelowAFileIsRefused() throws Exception {
		Path file = Files.writeString(directory.resolve("volume"), "").resolve("spend.json");

		assertRefused(file, "is %s, but the directory %s does not exist: create it, or name another file."
			.formatted(file, directory.resolve("volume")));
	}

	@Test
	void directoryThatCannotBeWrittenIsRefused() {
		Path file = Path.of("/proc/self/spend.json");

		assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(() -> StateFileLock.of(file))
			.withMessageStartingWith(
					"gateway.budget.state-file is /proc/self/spend.json, but /proc/self/spend.json.lock cannot be created");
	}

	@Test
	void secondGatewayOnTheSameFileDoesNotStartAndTheFirstKeepsRunning() throws Exception {
		Path file = directory.resolve("spend.json");
		try (ConfigurableApplicationContext first = start(file)) {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(file).close())
				.havingRootCause()
				.isInstanceOf(UnusableSettingsException.class)
				.withMessageContaining("another gateway uses");
			assertThat(Files.readString(file)).contains("\"complete\":false");
			assertThat(first.isRunning()).isTrue();
		}

		assertThat(Files.readString(file)).contains("\"complete\":true");
		start(file).close();
	}

	private static ConfigurableApplicationContext start(Path file) {
		return new SpringApplicationBuilder(GatewayApplication.class).run("--server.port=0",
				"--management.server.port=0", "--gateway.upstream.api-key=key", "--gateway.budget.state-file=" + file);
	}

	private static void assertRefused(Path file, String problem) {
		assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(() -> StateFileLock.of(file))
			.withMessage("gateway.budget.state-file " + problem);
	}

}
