package io.htgateway.budget;

import java.util.Map;

/**
 * The parts of the budget that are kept for accounts, in whose name calls are made.
 *
 * @param parts from 0 to 1 by account, together not more than 1
 */
public record Shares(Map<String, Double> parts) {

	/**
	 * Nothing is kept for anybody.
	 */
	public static final Shares NONE = new Shares(Map.of());

	public Shares {
		parts = Map.copyOf(parts);
	}

}
