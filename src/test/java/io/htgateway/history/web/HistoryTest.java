package io.htgateway.history.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.HistoryFolder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/**
 * Test against a gateway with the history in a folder, which is empty at first. The
 * classes share the folder, so each test method uses its own series. No test may cause an
 * upstream call.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GatewayTest
@TestPropertySource(properties = { "gateway.history.enabled=true", "gateway.history.retention=3650d" })
@Import({ HistoryFolder.Configuration.class, HistoryTest.Configuration.class })
@ExtendWith(FreeReads.class)
@interface HistoryTest {

	/**
	 * Configures the store.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	class Configuration {

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

}
