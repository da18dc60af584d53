package io.htgateway.upstream.response;

/**
 * Result of a call that servers other than HyperTracker can also give.
 */
public interface Provenance {

	/**
	 * Returns whether only HyperTracker can have given this result.
	 */
	boolean isOfHyperTracker();

}
