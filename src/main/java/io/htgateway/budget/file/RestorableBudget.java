package io.htgateway.budget.file;

import io.htgateway.budget.CallBudget;
import io.htgateway.budget.window.BudgetState;

/**
 * A budget whose spend can be saved, and restored by the next run.
 */
public interface RestorableBudget extends CallBudget {

	/**
	 * Returns the budget as this replica knows it.
	 */
	BudgetState state();

	/**
	 * Logs that the calls before this start are unknown, unless a ledger counts them too.
	 * @param reason why they are unknown
	 * @param advice how to record them for the next start, as a sentence, or empty
	 */
	void logUnknown(String reason, String advice);

}
