package io.htgateway.history;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.Snapshots;
import io.htgateway.time.Dates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures the history, if it is on.
 */
@EnableConfigurationProperties(HistoryProperties.class)
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(HistoryConfiguration.class);

	/**
	 * Beans of the history.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("gateway.history.enabled")
	static class On {

		@Bean
		SnapshotStore historyStore(HistoryProperties properties) {
			return HistoryLocation.open(properties.location());
		}

		@Bean
		Snapshots snapshots(SnapshotStore historyStore) {
			return new Snapshots(historyStore);
		}

		@Bean
		RecordedEndpoints recordedEndpoints(HistoryProperties properties, List<MirroredEndpoint<?>> endpoints) {
			return RecordedEndpoints.of(properties.endpoints(), endpoints);
		}

		@Bean
		HistoryHealth historyHealth(SnapshotStore historyStore) {
			return new HistoryHealth(historyStore.location());
		}

		@Bean
		Backlog historyBacklog(HistoryProperties properties) {
			return new Backlog(properties.maxBacklog().toBytes());
		}

		@Bean
		HistoryMeters historyMeters(Backlog historyBacklog, HistoryHealth historyHealth, Dates dates) {
			return new HistoryMeters(historyBacklog, historyHealth, dates.clock());
		}

		// Takes the names of the endpoints only: the endpoints need the cache, and the
		// cache needs this observer.
		@Bean(destroyMethod = "close")
		HistoryRecorder historyRecorder(HistoryProperties properties, Backlog historyBacklog,
				HistoryHealth historyHealth, Dates dates) {
			return new HistoryRecorder(properties.endpoints(), historyBacklog, historyHealth, dates);
		}

		@Bean
		HistoryLifecycle historyLifecycle(HistoryProperties properties, HistoryRecorder recorder,
				Backlog historyBacklog, SnapshotStore historyStore, Snapshots snapshots, HistoryHealth historyHealth,
				RecordedEndpoints recorded, ResponseCache cache, ObjectProvider<SecondLevelCache> leases,
				Environment environment, InstantSource clock, Dates dates) {
			Spool spool = new Spool(HistoryLocation.openSpool(properties.spool()));
			HistoryWriter writer = new HistoryWriter(historyBacklog, historyStore, new Neighbours(snapshots), spool,
					leases.getIfAvailable(() -> SecondLevelCache.NONE), historyHealth, clock);
			Retention retention = new Retention(historyStore, recorded.names(), properties.retention(), historyHealth,
					dates.counting());
			LOG.info("History on: endpoints={} location={} retentionDays={}", recorded.names(), historyStore.location(),
					properties.retention().toDays());
			Duration timeout = environment.getProperty("spring.lifecycle.timeout-per-shutdown-phase", Duration.class,
					Duration.ofSeconds(30));
			return new HistoryLifecycle(recorder, writer, historyBacklog, spool, retention, historyHealth, cache,
					timeout);
		}

	}

}
