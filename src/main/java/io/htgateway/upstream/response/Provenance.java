package io.htgateway.upstream.response;

/**
 * An answer that servers other than HyperTracker may give, too.
 */
public interface Provenance {

	/**
	 * Returns whether only HyperTracker can have given this answer.
	 */
	boolean isOfHyperTracker();

}
