package io.htgateway.budget;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.htgateway.budget.file.RestorableBudget;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.budget.strategy.SharedBudget;

/**
 * Creates budgets for tests; a limit of 0 means no such limit.
 */
public final class Budgets {

	/**
	 * Longer than any reply of a ledger takes.
	 */
	public static final Duration PATIENCE = Duration.ofHours(1);

	private Budgets() {
	}

	/**
	 * Creates a budget with the default reserve.
	 */
	public static LocalBudget of(long perMinute, long perDay, long perMonth, InstantSource clock) {
		return of(perMinute, perDay, perMonth, 0.1, clock);
	}

	public static LocalBudget of(long perMinute, long perDay, long perMonth, double reserve, InstantSource clock) {
		return of(perMinute, perDay, perMonth, reserve, Shares.NONE, clock);
	}

	public static LocalBudget of(long perMinute, long perDay, long perMonth, double reserve, Shares shares,
			InstantSource clock) {
		return new LocalBudget(properties(perMinute, perDay, perMonth, 1, reserve), shares, clock);
	}

	/**
	 * Creates a budget that replicas share in a ledger.
	 */
	public static SharedBudget shared(long perMinute, long perMonth, int replicas, Shares shares, Ledger ledger,
			InstantSource clock) {
		return new SharedBudget(properties(perMinute, 0, perMonth, replicas, 0.1), shares, clock, ledger);
	}

	/**
	 * Creates a budget that replicas share in a ledger, without a limit per minute.
	 */
	public static SharedBudget shared(long perMonth, int replicas, boolean assumeEvenSpend, Ledger ledger,
			InstantSource clock) {
		return new SharedBudget(new BudgetProperties(Plan.CUSTOM, null, null, perMonth, 1, replicas, 0.1, null,
				assumeEvenSpend, Duration.ofSeconds(2)), Shares.NONE, clock, ledger);
	}

	private static BudgetProperties properties(long perMinute, long perDay, long perMonth, int replicas,
			double reserve) {
		return new BudgetProperties(Plan.CUSTOM, (perMinute > 0) ? perMinute : null, (perDay > 0) ? perDay : null,
				(perMonth > 0) ? perMonth : null, 1, replicas, reserve, null, true, Duration.ofSeconds(2));
	}

	/**
	 * Restores the budget as after a run whose state file is damaged.
	 */
	public static void restoreDamaged(RestorableBudget budget) {
		budget.state().restoreUnknown();
	}

	/**
	 * Restores the budget as after a run that was killed before its first call was saved.
	 */
	public static void restoreKilled(RestorableBudget budget) {
		budget.state().restore(budget.state().spend());
	}

	/**
	 * Returns all calls that count in the longest window, whether used or assumed.
	 */
	public static long counted(CallBudget budget) {
		return counted(budget.snapshot().windows().getLast());
	}

	/**
	 * Returns all calls that count in the window, whether used or assumed.
	 */
	public static long counted(BudgetSnapshot.Window window) {
		return window.used() + window.assumed();
	}

	/**
	 * Charges one call.
	 */
	@CanIgnoreReturnValue
	public static CallBudget.Charge charge(CallBudget budget, Priority priority, String account) {
		return Objects.requireNonNull(budget.charge(priority, account, "risk", PATIENCE).block());
	}

	/**
	 * Charges calls until one is refused.
	 * @return how many were granted
	 */
	public static int drain(CallBudget budget, Priority priority) {
		return drain(budget, priority, "anyone");
	}

	public static int drain(CallBudget budget, Priority priority, String account) {
		return drain(budget, priority, account, Integer.MAX_VALUE);
	}

	public static int drain(CallBudget budget, Priority priority, int most) {
		return drain(budget, priority, "anyone", most);
	}

	private static int drain(CallBudget budget, Priority priority, String account, int most) {
		for (int calls = 0; calls < most; calls++) {
			try {
				charge(budget, priority, account);
			}
			catch (BudgetExhausted refused) {
				return calls;
			}
		}
		return most;
	}

}
