package io.htgateway.ops.purge;

import io.htgateway.cache.store.Subjects;

/**
 * Stored responses that an operator selects for a purge.
 */
public sealed interface Selection {

	/**
	 * Valid selection of the responses about the given subjects.
	 */
	record Selected(Subjects subjects) implements Selection {
	}

	/**
	 * Invalid selection.
	 *
	 * @param error why it is invalid, and what is valid
	 */
	record Rejected(String error) implements Selection {
	}

}
