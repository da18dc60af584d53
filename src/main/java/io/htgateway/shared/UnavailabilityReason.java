package io.htgateway.shared;

import java.util.concurrent.TimeoutException;

/**
 * The reason for an outage of Redis, as a log line that cannot contain a secret.
 */
final class UnavailabilityReason {

	private static final int MAX_LENGTH = 200;

	private UnavailabilityReason() {
	}

	/**
	 * Returns the innermost cause in one line of at most 200 characters.
	 */
	static String of(Throwable failure) {
		Throwable innermost = failure;
		while (innermost.getCause() != null && innermost.getCause() != innermost) {
			innermost = innermost.getCause();
		}
		if (innermost instanceof TimeoutException) {
			return "no reply in time";
		}
		String text = innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
		String line = text.replaceAll("[^\\x20-\\x7e]", " ");
		return (line.length() > MAX_LENGTH) ? line.substring(0, MAX_LENGTH) : line;
	}

}
