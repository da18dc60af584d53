package io.htgateway.pacing;

import io.htgateway.budget.CallBudget;
import io.htgateway.cache.load.Pace;
import io.htgateway.time.Dates;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the pace of refreshes.
 */
@EnableConfigurationProperties(PacingProperties.class)
@Configuration(proxyBeanMethods = false)
class PacingConfiguration {

	@Bean
	Pace pace(PacingProperties properties, CallBudget budget, Dates dates) {
		return properties.enabled() ? new BudgetPace(properties, budget, dates.waiting()) : Pace.NONE;
	}

}
