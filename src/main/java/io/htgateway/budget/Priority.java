package io.htgateway.budget;

/**
 * What a call is made for.
 */
public enum Priority {

	/**
	 * A client waits for something of which nothing is cached.
	 */
	INTERACTIVE,

	/**
	 * Something stale is cached, and could be answered for longer.
	 */
	REFRESH

}
