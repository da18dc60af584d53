package io.htgateway.cache.disk;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

import io.htgateway.time.Dates;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the disk tier of the cache, if a directory is configured and no Redis.
 */
@EnableConfigurationProperties(DiskProperties.class)
@Configuration(proxyBeanMethods = false)
class DiskConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(DiskConfiguration.class);

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("gateway.cache.directory")
	@ConditionalOnBooleanProperty(name = "gateway.shared.enabled", havingValue = false, matchIfMissing = true)
	static class Disk {

		@Bean(initMethod = "start")
		DiskCache diskCache(DiskProperties properties, InstantSource clock, Dates dates, MeterRegistry meters) {
			Path directory = Objects.requireNonNull(properties.directory());
			return new DiskCache(DirectoryLock.of(directory), properties.directoryMaxSize().toBytes(), clock,
					dates.clock(), meters);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("gateway.cache.directory")
	@ConditionalOnBooleanProperty("gateway.shared.enabled")
	static class Redis {

		Redis(DiskProperties properties) {
			LOG.info("Cache directory not used, because Redis stores responses: directory={}", properties.directory());
		}

	}

}
