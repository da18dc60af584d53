package io.htgateway.pacing;

import java.time.InstantSource;

import io.htgateway.budget.CallBudget;
import io.htgateway.cache.Pace;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Builds the pace of the cache.
 */
@EnableConfigurationProperties(PacingProperties.class)
@Configuration(proxyBeanMethods = false)
class PacingConfiguration {

	@Bean
	Pace pace(PacingProperties properties, CallBudget budget, InstantSource clock) {
		return properties.enabled() ? new BudgetPace(properties, budget, clock) : Pace.NONE;
	}

}
