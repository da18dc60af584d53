package io.htgateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.util.FileSystemUtils;

/**
 * Folder of the history, empty at first, that is removed with the context.
 */
public record HistoryFolder(Path path) implements AutoCloseable {

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Configures the gateway to store its history in the folder.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	public static class Configuration {

		@Bean
		HistoryFolder historyFolder() throws IOException {
			return new HistoryFolder(Files.createTempDirectory("history"));
		}

		@Bean
		DynamicPropertyRegistrar historyProperties(HistoryFolder folder) {
			return (properties) -> properties.add("gateway.history.location", () -> folder.path().toString());
		}

	}

}
