package io.htgateway.budget;

import java.time.InstantSource;
import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Builds the budget, and what lets it survive a restart where a file is set for it.
 */
@Configuration(proxyBeanMethods = false)
class BudgetConfiguration {

	@Bean
	CallBudget callBudget(BudgetProperties properties, InstantSource clock) {
		return new CallBudget(properties, clock);
	}

	@Bean(initMethod = "start")
	@ConditionalOnProperty("gateway.budget.state-file")
	SpendKeeper spendKeeper(CallBudget budget, BudgetProperties properties) {
		return new SpendKeeper(budget, new StateFile(Objects.requireNonNull(properties.stateFile())));
	}

}
