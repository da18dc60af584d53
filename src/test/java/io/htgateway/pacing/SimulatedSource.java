package io.htgateway.pacing;

import java.time.Instant;

/**
 * A source of reports about the states of a {@link SimulatedMonth}.
 */
interface SimulatedSource {

	/**
	 * Reports nothing.
	 */
	SimulatedSource NONE = (states) -> {
	};

	/**
	 * Is called when a state is published.
	 */
	void published(SimulatedStates states);

	/**
	 * Is called every five seconds.
	 */
	default void tick(SimulatedStates states, Instant now) {
	}

}
