package io.htgateway.shared.guard;

import io.htgateway.shared.SharedStore;
import io.htgateway.upstream.guard.UpstreamGuard;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has replicas tell each other what they learn of the upstream, where they share
 * anything.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedGuardConfiguration {

	@Bean
	RedisReplicas redisReplicas(SharedStore store) {
		return new RedisReplicas(store);
	}

	@Bean
	GuardSynchronizer guardWatch(UpstreamGuard guard, RedisReplicas replicas, SharedStore store) {
		return new GuardSynchronizer(guard, replicas, store);
	}

}
