package io.htgateway.upstream.answer;

/**
 * An answer that servers other than HyperTracker may give, too.
 */
public interface Evidence {

	/**
	 * Returns whether only HyperTracker can have given this answer.
	 */
	boolean isOfHyperTracker();

}
