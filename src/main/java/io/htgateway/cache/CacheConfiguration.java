package io.htgateway.cache;

import java.time.InstantSource;

import io.htgateway.cache.load.CacheContents;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.SecondLevelCache;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the cache.
 */
@EnableConfigurationProperties(CacheProperties.class)
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

	@Bean
	ResponseCache responseCache(CacheProperties properties, InstantSource clock, Pace pace,
			ObjectProvider<SecondLevelCache> shared, ObjectProvider<LoadObserver> observers,
			ObjectProvider<LoadFault.Reader> faults, ObjectProvider<SourceUpdates> updates) {
		MemoryLimits limits = MemoryLimits.ofThisJvm();
		limits.check(properties.size());
		if (properties.maxSize() == null) {
			limits.logSmallDefault();
		}
		return new ResponseCache(properties, clock, pace, shared.getIfAvailable(() -> SecondLevelCache.NONE),
				LoadObserver.of(observers.orderedStream().toList()), faults.getIfAvailable(() -> LoadFault.Reader.NONE),
				updates.getIfAvailable(() -> SourceUpdates.NONE));
	}

	@Bean
	LoadFaults loadFaults(ResponseCache cache) {
		return cache.faults();
	}

	@Bean
	CacheContents cacheContents(ResponseCache cache) {
		return cache.contents();
	}

}
