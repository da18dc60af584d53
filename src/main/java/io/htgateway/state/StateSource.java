package io.htgateway.state;

/**
 * Source of the knowledge about a state update, the most exact one first.
 */
public enum StateSource {

	/**
	 * A webhook delivery.
	 */
	WEBHOOK,

	/**
	 * The status endpoint of the upstream.
	 */
	STATUS,

	/**
	 * The date of a loaded file.
	 */
	FILE_DATE,

	/**
	 * A loaded body that differs from the one before it.
	 */
	BODY;

	/**
	 * Returns whether the source announces updates, instead of revealing them after the
	 * fact.
	 */
	boolean announces() {
		return this == WEBHOOK || this == STATUS;
	}

}
