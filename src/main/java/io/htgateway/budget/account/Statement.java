package io.htgateway.budget.account;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Statement of a month's account.
 *
 * @param month the month; it is the one in which the billing month begins
 * @param lines usage by line, empty if nothing is known of the month
 * @param months all months with an account, the latest first
 */
public record Statement(YearMonth month, SortedMap<Line, Usage> lines, List<YearMonth> months) {

	public Statement {
		months = List.copyOf(months);
	}

	/**
	 * Returns the team's usage of the given endpoints, by endpoint.
	 */
	public SortedMap<String, Usage> ofTeam(String team, Collection<String> endpoints) {
		SortedMap<String, Usage> used = new TreeMap<>();
		endpoints.forEach((endpoint) -> {
			Usage usage = lines.get(new Line(team, endpoint));
			if (usage != null) {
				used.put(endpoint, usage);
			}
		});
		return used;
	}

}
