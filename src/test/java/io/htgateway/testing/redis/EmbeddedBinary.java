package io.htgateway.testing.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/**
 * The binary of embedded-redis, unpacked once, and folders beside it. All of it goes when
 * the JVM ends.
 */
final class EmbeddedBinary {

	private static final Path HOME = createHome();

	static final String PATH = unpack();

	private EmbeddedBinary() {
	}

	static Path newDirectory() throws IOException {
		return Files.createTempDirectory(HOME, "server-");
	}

	private static Path createHome() {
		try {
			Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "redis-");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(home.toFile())));
			return home.toAbsolutePath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String unpack() {
		try {
			return ExecutableProvider.newJarResourceProvider(HOME.toFile()).get().getAbsolutePath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
