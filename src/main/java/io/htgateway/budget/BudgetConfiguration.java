package io.htgateway.budget;

import java.util.Objects;

import io.htgateway.time.Dates;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Builds the budget, and what lets it survive a restart where a file is set for it.
 */
@EnableConfigurationProperties(BudgetProperties.class)
@Configuration(proxyBeanMethods = false)
class BudgetConfiguration {

	@Bean
	CallBudget callBudget(BudgetProperties properties, ObjectProvider<Shares> shares, Dates dates,
			ObjectProvider<Ledger> ledger) {
		CallBudget budget = new CallBudget(properties, shares.getIfAvailable(() -> Shares.NONE), dates.counting(),
				ledger.getIfAvailable());
		if (properties.stateFile() == null) {
			budget.logUnknown("gateway.budget.state-file is not set",
					"Set gateway.budget.state-file to record calls over restarts. ");
		}
		return budget;
	}

	@Bean
	ConfiguredPlan configuredPlan(BudgetProperties properties) {
		return ConfiguredPlan.of(properties);
	}

	@Bean
	@ConditionalOnProperty("gateway.budget.state-file")
	StateFileLock stateFileLock(BudgetProperties properties) {
		return StateFileLock.of(Objects.requireNonNull(properties.stateFile()));
	}

	// Closed before the lock, which it depends on.
	@Bean(initMethod = "start")
	@ConditionalOnProperty("gateway.budget.state-file")
	SpendKeeper spendKeeper(CallBudget budget, BudgetProperties properties, StateFileLock lock) {
		return new SpendKeeper(budget, new StateFile(Objects.requireNonNull(properties.stateFile())));
	}

}
