package io.htgateway.budget.window;

/**
 * The calls that count in a period.
 *
 * @param made calls that were made
 * @param assumed calls that may have been made, but of which nothing is known
 */
public record Tally(long made, long assumed) {

	static final Tally NONE = new Tally(0, 0);

	/**
	 * Returns the given number of calls, of which so many are assumed, and not more than
	 * all of them.
	 */
	public static Tally of(long total, long assumed) {
		long guess = Math.clamp(assumed, 0, Math.max(0, total));
		return new Tally(total - guess, guess);
	}

	/**
	 * Returns the number of calls, whether made or assumed.
	 */
	public long total() {
		return made + assumed;
	}

	/**
	 * Adds calls that were made, or subtracts (negative) calls that were not sent.
	 */
	Tally plusMade(long calls) {
		return new Tally(made + calls, assumed);
	}

	/**
	 * Adds calls that may have been made.
	 */
	Tally plusAssumed(long calls) {
		return new Tally(made, assumed + calls);
	}

	/**
	 * Assumes as many calls as are missing to the given number.
	 */
	Tally atLeast(long total) {
		return plusAssumed(Math.max(0, total - total()));
	}

	/**
	 * Returns the same calls with no number below 0.
	 */
	Tally notNegative() {
		return (made >= 0) ? this : new Tally(0, Math.max(0, total()));
	}

}
