package io.htgateway.shared.budget;

import java.util.Locale;

import io.htgateway.budget.ledger.ChargeOutcome;
import io.htgateway.budget.strategy.SharedBudget;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of charges to the shared budget by outcome.
 */
final class LedgerMeters implements MeterBinder {

	private final SharedBudget budget;

	LedgerMeters(SharedBudget budget) {
		this.budget = budget;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ChargeOutcome outcome : ChargeOutcome.values()) {
			FunctionCounter.builder("gateway.shared.charges", budget, (current) -> current.charges(outcome))
				.description("Charges of upstream calls to the budget of all replicas")
				.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
	}

}
