package io.htgateway.shared.state;

import io.htgateway.shared.SharedStore;
import io.htgateway.state.StateClock;
import io.htgateway.time.Dates;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shares the state clock, if sharing is on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedStateConfiguration {

	@Bean
	StateSynchronizer stateSynchronizer(StateClock state, SharedStore store, Dates dates) {
		return new StateSynchronizer(state, store, dates.clock());
	}

}
