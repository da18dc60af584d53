package io.htgateway.budget.strategy;

import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.budget.Plan;
import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.share.Shares;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the budget: a local one, counted by this replica alone, or a shared one,
 * counted in a ledger.
 */
@EnableConfigurationProperties(BudgetProperties.class)
@Configuration(proxyBeanMethods = false)
class BudgetConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(BudgetConfiguration.class);

	private static final String SHARED = "gateway.shared.enabled";

	@Bean
	@Conditional(NotShared.class)
	LocalBudget localBudget(BudgetProperties properties, ObjectProvider<Shares> shares, Dates dates) {
		warnAboutContradictions(properties);
		LocalBudget budget = new LocalBudget(properties, shares.getIfAvailable(() -> Shares.NONE), dates.counting());
		if (properties.stateFile() == null) {
			budget.logUnknown("gateway.budget.state-file is not set",
					"Set gateway.budget.state-file to record calls over restarts. ");
		}
		return budget;
	}

	@Bean
	@Conditional(NotShared.class)
	Accounts localAccounts(LocalBudget budget) {
		return new LocalAccounts(budget.state());
	}

	@Bean
	@ConditionalOnBooleanProperty(SHARED)
	SharedBudget sharedBudget(BudgetProperties properties, ObjectProvider<Shares> shares, Dates dates, Ledger ledger) {
		warnAboutContradictions(properties);
		return new SharedBudget(properties, shares.getIfAvailable(() -> Shares.NONE), dates.counting(), ledger);
	}

	@Bean
	ConfiguredPlan configuredPlan(BudgetProperties properties) {
		return ConfiguredPlan.of(properties);
	}

	private static void warnAboutContradictions(BudgetProperties properties) {
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

	/**
	 * Matches if replicas do not share a ledger.
	 */
	static final class NotShared extends NoneNestedConditions {

		NotShared() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBooleanProperty(SHARED)
		static final class Shared {

		}

	}

}
