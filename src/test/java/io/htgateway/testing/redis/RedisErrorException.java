package io.htgateway.testing.redis;

/**
 * An error that Redis answered.
 */
public final class RedisErrorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RedisErrorException(String error) {
		super(error);
	}

}
