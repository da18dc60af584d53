package io.htgateway.budget;

import java.util.Objects;

import io.htgateway.time.Dates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private static final Logger LOG = LoggerFactory.getLogger(BudgetConfiguration.class);

	@Bean
	CallBudget callBudget(BudgetProperties properties, ObjectProvider<Shares> shares, Dates dates,
			ObjectProvider<Ledger> ledger) {
		if (properties.stateFile() == null && ledger.getIfAvailable() == null) {
			LOG.info(
					"Spend does not survive a restart, and an even one is assumed at each: no gateway.budget.state-file");
		}
		return new CallBudget(properties, shares.getIfAvailable(() -> Shares.NONE), dates.counting(),
				ledger.getIfAvailable());
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
