package io.htgateway.history.s3;

import java.time.Duration;

/**
 * Time limits of requests to an object store.
 *
 * @param connect maximum time to open a connection
 * @param attempt maximum time of one request, after which it is repeated
 * @param operation maximum time of an operation with all its requests
 */
record S3Limits(Duration connect, Duration attempt, Duration operation) {

	static final S3Limits DEFAULT = new S3Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(45));

}
