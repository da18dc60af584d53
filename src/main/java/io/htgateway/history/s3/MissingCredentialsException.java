package io.htgateway.history.s3;

/**
 * Failure of a request for which no credentials are configured or can be obtained.
 */
@SuppressWarnings("serial")
final class MissingCredentialsException extends RuntimeException {

	MissingCredentialsException(Throwable cause) {
		super("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role", cause);
	}

}
