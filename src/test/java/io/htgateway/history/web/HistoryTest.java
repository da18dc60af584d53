package io.htgateway.history.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * Test against a gateway with the history in a folder, which is empty at first. The
 * classes share the folder, so each test method uses its own series. No test may cause an
 * upstream call.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GatewayTest
@TestPropertySource(properties = { "gateway.history.enabled=true", "gateway.history.retention=3650d" })
@Import(HistoryTest.Configuration.class)
@ExtendWith(FreeReads.class)
@interface HistoryTest {

	/**
	 * Configures the folder and the store in it.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	class Configuration {

		@Bean
		Folder historyFolder() throws IOException {
			return new Folder(Files.createTempDirectory("history"));
		}

		@Bean
		DynamicPropertyRegistrar historyProperties(Folder folder) {
			return (properties) -> properties.add("gateway.history.location", () -> folder.path().toString());
		}

		@Bean
		@Primary
		ObservedStore observedStore(@Qualifier("historyStore") SnapshotStore store) {
			return new ObservedStore(store);
		}

		@Bean
		StoredHistory storedHistory(ObservedStore store) {
			return new StoredHistory(store);
		}

	}

	/**
	 * A folder that is removed with the context.
	 */
	record Folder(Path path) implements AutoCloseable {

		@Override
		public void close() {
			try {
				FileSystemUtils.deleteRecursively(path);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
