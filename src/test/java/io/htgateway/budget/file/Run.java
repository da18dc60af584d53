package io.htgateway.budget.file;

import java.nio.file.Path;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;

/**
 * A run of a gateway, which saves its spend in a file.
 */
record Run(RestorableBudget budget, SpendKeeper keeper) {

	static Run of(RestorableBudget budget, Path file) {
		return new Run(budget, new SpendKeeper(budget, new StateFile(file)));
	}

	void charge(int calls) {
		for (int call = 0; call < calls; call++) {
			Budgets.charge(budget, Priority.INTERACTIVE, "anyone");
		}
	}

	/**
	 * Returns the calls that count in the longest window, whether used or assumed.
	 */
	long counted() {
		return Budgets.counted(budget);
	}

	long used() {
		return budget.snapshot().windows().getLast().used();
	}

	long assumed() {
		return budget.snapshot().windows().getLast().assumed();
	}

	long minute() {
		return budget.snapshot().windows().getFirst().remaining();
	}

}
