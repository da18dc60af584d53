package io.htgateway.teams;

/**
 * There is no list of teams that could be used, so the gateway does not start.
 */
@SuppressWarnings("serial")
final class UnusableTeamsException extends RuntimeException {

	UnusableTeamsException(String message) {
		super(message);
	}

}
