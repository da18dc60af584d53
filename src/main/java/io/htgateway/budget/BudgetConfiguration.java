package io.htgateway.budget;

import java.util.Objects;

import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;
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
		warnOfContradictions(properties);
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

	private static void warnOfContradictions(BudgetProperties properties) {
		Plan.Limits all = properties.limitsOfAll();
		warn("per-minute", properties.perMinute(), "day", all.perDay());
		warn("per-minute", properties.perMinute(), "month", all.perMonth());
		warn("per-day", properties.perDay(), "month", all.perMonth());
	}

	private static void warn(String name, @Nullable Long calls, String period, long limit) {
		if (calls != null && limit > 0 && calls > limit) {
			LOG.warn("gateway.budget.{} is {}, more than the {} calls of a {}, so only the limit of the {} counts",
					name, calls, limit, period, period);
		}
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
