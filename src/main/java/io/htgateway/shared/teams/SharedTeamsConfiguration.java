package io.htgateway.shared.teams;

import io.htgateway.access.authentication.Teams;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.shared.SharedStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has the limits of teams hold over all replicas, where they share anything.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedTeamsConfiguration {

	@Bean
	TeamRequestsSynchronizer teamRequestsWatch(Teams teams, SharedStore store, ConfiguredPlan plan) {
		return new TeamRequestsSynchronizer(teams, store, plan.replicas());
	}

}
