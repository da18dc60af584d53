package io.htgateway.shared.cache;

import java.time.InstantSource;

import io.htgateway.cache.load.CacheContents;
import io.htgateway.cache.store.RejectionCodec;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.shared.SharedStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the tier of the cache that replicas share, if sharing is on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedCacheConfiguration {

	@Bean
	Purges purges(SharedStore store, InstantSource clock) {
		return new Purges(store, clock);
	}

	@Bean
	Leases leases(SharedStore store) {
		return new Leases(store);
	}

	@Bean
	SecondLevelCache secondLevelCache(SharedStore store, Leases leases, Purges purges, RejectionCodec codec,
			MeterRegistry meters, InstantSource clock) {
		return new RedisSecondLevelCache(store, leases, new SharedRejections(store, codec), purges,
				new SecondLevelMeters(meters), clock);
	}

	@Bean
	SmartInitializingSingleton purgesSubscriber(Purges purges, CacheContents contents) {
		return () -> purges.subscribe((purge) -> contents.expire(purge.subjects(), purge.at()));
	}

}
