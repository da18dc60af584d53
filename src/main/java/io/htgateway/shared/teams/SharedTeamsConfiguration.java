package io.htgateway.shared.teams;

import io.htgateway.access.authentication.Teams;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.shared.SharedStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Enforces the request limits of teams across all replicas, if sharing is on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedTeamsConfiguration {

	@Bean
	TeamRequestsSynchronizer teamRequestsSynchronizer(Teams teams, SharedStore store, ConfiguredPlan plan) {
		return new TeamRequestsSynchronizer(teams, store, plan.replicas());
	}

}
