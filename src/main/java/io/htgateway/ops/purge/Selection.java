package io.htgateway.ops.purge;

import io.htgateway.cache.store.Subjects;

/**
 * Which responses an operator means.
 */
public sealed interface Selection {

	/**
	 * Those about the given subjects.
	 */
	record Meant(Subjects subjects) implements Selection {
	}

	/**
	 * It cannot be told which.
	 *
	 * @param error what is wrong
	 */
	record Refused(String error) implements Selection {
	}

}
