package io.htgateway.budget;

import java.time.InstantSource;

/**
 * Budgets for tests; 0 means that there is no such limit.
 */
public final class Budgets {

	private Budgets() {
	}

	/**
	 * A budget with the usual reserve.
	 */
	public static CallBudget of(long perMinute, long perDay, long perMonth, InstantSource clock) {
		return of(perMinute, perDay, perMonth, 0.1, clock);
	}

	static CallBudget of(long perMinute, long perDay, long perMonth, double reserve, InstantSource clock) {
		return of(perMinute, perDay, perMonth, reserve, Shares.NONE, clock);
	}

	static CallBudget of(long perMinute, long perDay, long perMonth, double reserve, Shares shares,
			InstantSource clock) {
		return new CallBudget(new BudgetProperties(Plan.CUSTOM, (perMinute > 0) ? perMinute : null,
				(perDay > 0) ? perDay : null, (perMonth > 0) ? perMonth : null, 1, 1, reserve, null), shares, clock);
	}

	/**
	 * Charges calls until one is refused.
	 * @return how many were not
	 */
	public static int drain(CallBudget budget, Priority priority) {
		return drain(budget, priority, "anyone");
	}

	static int drain(CallBudget budget, Priority priority, String account) {
		for (int calls = 0;; calls++) {
			try {
				budget.charge(priority, account);
			}
			catch (BudgetExhausted refused) {
				return calls;
			}
		}
	}

}
