package io.htgateway.budget.share;

import java.util.Map;

/**
 * The parts of the budget that are reserved for accounts. An account is the one on whose
 * behalf calls are made.
 *
 * @param parts part of each account, from 0 to 1, together at most 1
 */
public record Shares(Map<String, Double> parts) {

	/**
	 * No calls are reserved for any account.
	 */
	public static final Shares NONE = new Shares(Map.of());

	public Shares {
		parts = Map.copyOf(parts);
	}

}
