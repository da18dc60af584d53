package io.htgateway.cache.store;

import java.time.Duration;

/**
 * Rejection of a load by its source: the requested data does not exist, or the request
 * for it is wrong.
 *
 * @param cause why it was rejected
 * @param attempts rejected loads of the key in a row, at least 1
 * @param retryAfter time until the key may be loaded again, zero if it may be loaded now
 */
public record Rejection(Throwable cause, int attempts, Duration retryAfter) {

	/**
	 * Longest time after which a rejected key may be loaded again. A rejection within the
	 * same time after that is the next one in a row.
	 */
	public static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

}
