package io.htgateway.access;

/**
 * Upstream calls that are guaranteed to a team in one window.
 *
 * @param window minute, day or month
 * @param quota guaranteed calls
 * @param windowSeconds length of the window
 * @param left how many of them are left
 * @param resetSeconds seconds until all of them are available again
 */
public record SharePolicy(String window, long quota, long windowSeconds, long left, long resetSeconds) {

	/**
	 * Returns the item of <code>RateLimit-Policy</code>.
	 */
	String policy() {
		return "\"upstream-%s\";q=%d;w=%d".formatted(window, quota, windowSeconds);
	}

	/**
	 * Returns the item of <code>RateLimit</code>.
	 */
	String limit() {
		return "\"upstream-%s\";r=%d;t=%d".formatted(window, left, resetSeconds);
	}

}
