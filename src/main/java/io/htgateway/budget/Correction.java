package io.htgateway.budget;

/**
 * The result of a {@linkplain CallBudget#correct correction}.
 *
 * @param window day or month
 * @param limit most calls in the window
 * @param counted calls that the gateway counts itself, whether made or assumed
 * @param elsewhereBefore calls of others that counted before
 * @param elsewhere calls of others that count now
 * @param expectedElsewhere calls that others are expected to make until the window ends
 * @param remaining calls that may be made at once
 */
public record Correction(String window, long limit, long counted, long elsewhereBefore, long elsewhere,
		long expectedElsewhere, long remaining) {

	/**
	 * Returns the number of calls that were added; negative if some were taken back.
	 */
	public long difference() {
		return elsewhere - elsewhereBefore;
	}

}
