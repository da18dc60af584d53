package io.htgateway.ops;

import io.htgateway.cache.Subjects;

/**
 * Which responses an operator means.
 */
sealed interface Selection {

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
