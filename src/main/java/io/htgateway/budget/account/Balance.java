package io.htgateway.budget.account;

/**
 * Calls that the budget counts in a period, for all teams and for unknown ones.
 *
 * @param made calls that were made
 * @param assumed calls that may have been made, but were not counted
 * @param elsewhere calls of others, as far as they are known
 */
public record Balance(long made, long assumed, long elsewhere) {

	/**
	 * No calls.
	 */
	public static final Balance NONE = new Balance(0, 0, 0);

	/**
	 * Returns the sum of this balance and the given one.
	 */
	public Balance plus(Balance more) {
		return new Balance(made + more.made, assumed + more.assumed, elsewhere + more.elsewhere);
	}

}
