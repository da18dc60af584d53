package io.htgateway.shared.guard;

import io.htgateway.shared.SharedStore;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shares findings about the upstream between replicas, if sharing is on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedGuardConfiguration {

	@Bean
	RedisReplicas redisReplicas(SharedStore store) {
		return new RedisReplicas(store);
	}

	@Bean
	GuardSynchronizer guardSynchronizer(UpstreamGuard guard, RedisReplicas replicas, SharedStore store) {
		return new GuardSynchronizer(guard, replicas, store);
	}

}
