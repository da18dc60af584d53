package io.htgateway.web.protocol;

import java.time.Duration;

/**
 * Limits of a client, the same over HTTP/1.1 and HTTP/2. The lengths of a request line
 * and of its headers are settings of the server.
 */
public final class Limits {

	/**
	 * Longest time without a byte read or sent, and without a response being prepared.
	 */
	public static final Duration IDLE = Duration.ofSeconds(60);

	/**
	 * Longest time from the first byte of a request to its last.
	 */
	public static final Duration REQUEST = Duration.ofSeconds(20);

	/**
	 * Maximum number of concurrent requests on an HTTP/2 connection. Java's client fails
	 * above this number.
	 */
	public static final int STREAMS = 1_000;

	/**
	 * Streams that a client may reset, or make the server reset, on an HTTP/2 connection
	 * in {@link #RESETS_SECONDS}. The number is enough for a client that cancels all its
	 * requests.
	 */
	public static final int RESETS = STREAMS;

	/**
	 * Seconds in which resets are counted.
	 */
	public static final int RESETS_SECONDS = 30;

	/**
	 * Maximum length of a request body, in bytes. No endpoint uses one.
	 */
	public static final int BODY = 64 * 1024;

	private Limits() {
	}

}
