package io.htgateway.budget;

/**
 * Purpose of an upstream call.
 */
public enum Priority {

	/**
	 * A client waits for a response that is not cached.
	 */
	INTERACTIVE,

	/**
	 * A stale response is refreshed; it could be served for longer.
	 */
	REFRESH

}
