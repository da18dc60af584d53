package io.htgateway.faults;

/**
 * Whom a fault is of.
 */
enum Leg {

	/**
	 * The paid API.
	 */
	UPSTREAM,

	/**
	 * Where heatmaps are downloaded from.
	 */
	STORE

}
