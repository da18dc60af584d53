package io.htgateway.budget.account;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Usage of a team in the current month.
 *
 * @param since when the account of the month began: with the billing month, or later if
 * the calls before are not known
 * @param endpoints usage by endpoint, without endpoints that were not used
 */
public record TeamUsage(Instant since, SortedMap<String, Usage> endpoints) {

	public TeamUsage {
		endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
	}

}
