package io.htgateway.shared.budget;

import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.SharedStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shares the call budget between all replicas, if sharing is on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
class SharedBudgetConfiguration {

	@Bean
	Ledger ledger(SharedStore store) {
		return new RedisLedger(store);
	}

	@Bean
	LedgerSynchronizer ledgerSynchronizer(SharedBudget budget, SharedStore store) {
		return new LedgerSynchronizer(budget, store);
	}

	@Bean
	RedisAccounts sharedAccounts(SharedBudget budget, SharedStore store) {
		return new RedisAccounts(store, budget.state());
	}

	@Bean
	LedgerMeters ledgerMeters(SharedBudget budget) {
		return new LedgerMeters(budget);
	}

}
