package io.htgateway.budget;

/**
 * The calls that count in a period.
 *
 * @param made calls that were made
 * @param assumed calls that may have been made, but were not counted
 */
public record Tally(long made, long assumed) {

	/**
	 * No calls.
	 */
	public static final Tally NONE = new Tally(0, 0);

	/**
	 * Returns a tally of the given total, of which the given number, at most all, is
	 * assumed.
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
	 * Returns this tally with calls added that were made, or subtracted (negative) that
	 * were not sent.
	 */
	public Tally plusMade(long calls) {
		return new Tally(made + calls, assumed);
	}

	/**
	 * Returns this tally with assumed calls added.
	 */
	public Tally plusAssumed(long calls) {
		return new Tally(made, assumed + calls);
	}

	/**
	 * Returns this tally with as many assumed calls added as are missing to the given
	 * total.
	 */
	public Tally atLeast(long total) {
		return plusAssumed(Math.max(0, total - total()));
	}

	/**
	 * Returns this tally without negative numbers.
	 */
	public Tally notNegative() {
		return (made >= 0) ? this : new Tally(0, Math.max(0, total()));
	}

}
