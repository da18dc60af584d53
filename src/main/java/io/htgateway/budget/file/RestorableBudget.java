package io.htgateway.budget.file;

import io.htgateway.budget.CallBudget;
import io.htgateway.budget.window.BudgetState;

/**
 * A budget whose spend can be saved, and restored by the next run.
 */
public interface RestorableBudget extends CallBudget {

	/**
	 * Returns what this replica knows of the budget.
	 */
	BudgetState state();

	/**
	 * Logs that nothing is known of the calls before this start, unless the budget is
	 * also counted elsewhere.
	 * @param reason why nothing is known
	 * @param advice what to do to know it next time, or an empty text
	 */
	void logUnknown(String reason, String advice);

}
