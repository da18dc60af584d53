package io.htgateway.cache;

/**
 * How far the cache may go for a response.
 */
public enum Reach {

	/**
	 * Load it where necessary.
	 */
	LOAD,

	/**
	 * Answer what is stored or nothing (<code>only-if-cached</code>, RFC 9111 5.2.1.7).
	 */
	ONLY_IF_CACHED

}
