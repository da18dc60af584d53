package io.htgateway.budget.file;

import java.util.Objects;

import io.htgateway.budget.BudgetProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Saves the spend to a file, if one is configured.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("gateway.budget.state-file")
class StateFileConfiguration {

	@Bean
	StateFileLock stateFileLock(BudgetProperties properties) {
		return StateFileLock.of(Objects.requireNonNull(properties.stateFile()));
	}

	// Depends on the lock, so that it is closed before the lock.
	@Bean(initMethod = "start")
	SpendKeeper spendKeeper(RestorableBudget budget, BudgetProperties properties, StateFileLock lock) {
		return new SpendKeeper(budget, new StateFile(Objects.requireNonNull(properties.stateFile())));
	}

}
