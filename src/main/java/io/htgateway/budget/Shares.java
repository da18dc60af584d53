package io.htgateway.budget;

import java.util.Map;

/**
 * The parts of the budget that are reserved for accounts, on whose behalf calls are made.
 *
 * @param parts from 0 to 1 by account, together not more than 1
 */
public record Shares(Map<String, Double> parts) {

	/**
	 * No call is reserved for any account.
	 */
	public static final Shares NONE = new Shares(Map.of());

	public Shares {
		parts = Map.copyOf(parts);
	}

}
