package io.htgateway.web.protocol;

import java.time.Duration;

/**
 * Limits of one client, which are the same over HTTP/1.1 and HTTP/2. The length of a
 * request line and of its headers are the server's settings.
 */
public final class Limits {

	/**
	 * Longest time in which nothing is read or sent, and no answer is being made.
	 */
	public static final Duration IDLE = Duration.ofSeconds(60);

	/**
	 * Longest time from the first byte of a request to its last.
	 */
	public static final Duration REQUEST = Duration.ofSeconds(20);

	/**
	 * Most concurrent requests on one HTTP/2 connection. Java's client fails beyond this
	 * number.
	 */
	public static final int STREAMS = 1_000;

	/**
	 * Streams that a client may reset, or make the server reset, on one HTTP/2 connection
	 * in {@link #RESETS_SECONDS}: enough for a client that cancels all its requests.
	 */
	public static final int RESETS = STREAMS;

	/**
	 * Time in which resets are counted.
	 */
	public static final int RESETS_SECONDS = 30;

	/**
	 * Bytes of a request's body, which no endpoint uses.
	 */
	public static final int BODY = 64 * 1024;

	private Limits() {
	}

}
