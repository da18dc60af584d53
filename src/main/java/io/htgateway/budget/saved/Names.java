package io.htgateway.budget.saved;

import java.time.Instant;

/**
 * Names of the saved numbers of calls. The current period has the name of its window, and
 * an earlier one the name of the window and its start. Other numbers of a period have a
 * prefix, so that earlier versions do not read them as a period.
 */
final class Names {

	private static final String SEPARATOR = "@";

	private static final String CHARGED = "charged:";

	private static final String ASSUMED = "assumed:";

	private static final String ELSEWHERE = "elsewhere:";

	private static final String EXPECTED = "expected-elsewhere:";

	private static final String ACCOUNT = "account:";

	private static final String REVISION = "revision-elsewhere:";

	private Names() {
	}

	/**
	 * Returns the beginning of the names of earlier periods of the window, or of the
	 * seconds of the minute.
	 */
	static String prefix(String window) {
		return window + SEPARATOR;
	}

	static String period(String window, Instant start) {
		return prefix(window) + start;
	}

	/**
	 * Returns the name of the calls that were charged while the clock was in the period.
	 */
	static String charged(String period) {
		return CHARGED + period;
	}

	/**
	 * Returns the name of the assumed calls among those of the given name.
	 */
	static String assumed(String name) {
		return ASSUMED + name;
	}

	static String elsewhere(String period) {
		return ELSEWHERE + period;
	}

	/**
	 * Returns the name of the calls that are expected of others.
	 */
	static String expected(String period) {
		return EXPECTED + period;
	}

	/**
	 * Returns the beginning of the names of the calls of each account in the period.
	 */
	static String accounts(String period) {
		return ACCOUNT + period + ' ';
	}

	/**
	 * Returns the name of the revision of the estimate of the calls of others, which is
	 * saved with the time of the estimate.
	 */
	static String revision(String period) {
		return REVISION + period;
	}

}
