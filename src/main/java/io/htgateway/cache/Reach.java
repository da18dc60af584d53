package io.htgateway.cache;

/**
 * How far the cache may go to answer a request.
 */
public enum Reach {

	/**
	 * Load the response if necessary.
	 */
	LOAD,

	/**
	 * Answer with a stored response only (<code>only-if-cached</code>, RFC 9111 5.2.1.7).
	 */
	ONLY_IF_CACHED

}
