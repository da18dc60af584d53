package io.htgateway.budget.account;

import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;

/**
 * Sums of statements, for tests.
 */
public final class Statements {

	private Statements() {
	}

	/**
	 * Returns the calls of each line.
	 */
	public static Map<Line, Long> calls(Statement statement) {
		return statement.lines()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (line) -> line.getValue().calls()));
	}

	/**
	 * Returns the calls of all lines.
	 */
	public static long sum(Statement statement) {
		return statement.lines().values().stream().mapToLong(Usage::calls).sum();
	}

	/**
	 * Returns what the longest window of the budget counts.
	 */
	public static long spend(CallBudget budget) {
		BudgetSnapshot.Window longest = budget.snapshot().windows().getLast();
		return longest.used() + longest.assumed() + longest.elsewhere();
	}

}
