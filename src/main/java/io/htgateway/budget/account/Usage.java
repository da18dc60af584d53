package io.htgateway.budget.account;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Usage in a line of an account.
 *
 * @param calls charged upstream calls
 * @param requests requests of callers
 * @param hits requests that were answered without a call of their own: from the cache, or
 * by the load of another request
 * @param bytes bytes of bodies that were sent to callers
 */
public record Usage(long calls, long requests, long hits, long bytes) {

	/**
	 * No usage.
	 */
	public static final Usage NONE = new Usage(0, 0, 0, 0);

	/**
	 * Returns the usage of a team by endpoint, without endpoints that it has not used.
	 * @param lines returns the usage in a line, or null if it has none
	 */
	public static SortedMap<String, Usage> ofTeam(String team, Collection<String> endpoints,
			Function<Line, @Nullable Usage> lines) {
		SortedMap<String, Usage> used = new TreeMap<>();
		for (String endpoint : endpoints) {
			Usage usage = lines.apply(new Line(team, endpoint));
			if (usage != null && !usage.equals(NONE)) {
				used.put(endpoint, usage);
			}
		}
		return used;
	}

	/**
	 * Returns the given number of calls without a request.
	 */
	public static Usage ofCalls(long calls) {
		return new Usage(calls, 0, 0, 0);
	}

	/**
	 * Returns the difference between this usage and the given one.
	 */
	public Usage minus(Usage less) {
		return new Usage(calls - less.calls, requests - less.requests, hits - less.hits, bytes - less.bytes);
	}

	/**
	 * Returns the sum of this usage and the given one.
	 */
	public Usage plus(Usage more) {
		return new Usage(calls + more.calls, requests + more.requests, hits + more.hits, bytes + more.bytes);
	}

}
