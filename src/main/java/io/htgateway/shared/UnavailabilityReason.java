package io.htgateway.shared;

import java.util.concurrent.TimeoutException;

/**
 * Why Redis cannot be used, without what could be a secret.
 */
final class UnavailabilityReason {

	private static final int MAX_LENGTH = 200;

	private UnavailabilityReason() {
	}

	/**
	 * The innermost cause in one line.
	 */
	static String of(Throwable failure) {
		Throwable innermost = failure;
		while (innermost.getCause() != null && innermost.getCause() != innermost) {
			innermost = innermost.getCause();
		}
		if (innermost instanceof TimeoutException) {
			return "no answer in time";
		}
		String text = innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
		String line = text.replaceAll("[^\\x20-\\x7e]", " ");
		return (line.length() > MAX_LENGTH) ? line.substring(0, MAX_LENGTH) : line;
	}

}
