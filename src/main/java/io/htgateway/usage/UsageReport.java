package io.htgateway.usage;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The usage of one team, as the team sees it. It has no figures of other teams.
 *
 * @param team name of the team
 * @param time when this report was made
 * @param requests the request limit of the team, or null if its requests are not limited
 * @param calls upstream calls in each window that the plan limits
 * @param endpoints upstream calls by endpoint
 * @param since when the count by endpoint began
 * @param upstream state of the upstream: ok, stale or paused
 * @param newestState date of the upstream's newest known state, or null
 * @param nextState when the next state is due, or null if no state is known
 */
record UsageReport(String team, Instant time, @Nullable Requests requests, List<Calls> calls,
		List<EndpointUsage> endpoints, Instant since, String upstream, @Nullable Instant newestState,
		@Nullable Instant nextState) {

	/**
	 * Requests of a minute.
	 *
	 * @param limit most requests in a minute
	 * @param left requests that are admitted now
	 * @param resetSeconds seconds until the whole limit is available again, rounded up
	 */
	record Requests(long limit, long left, long resetSeconds) {
	}

	/**
	 * Upstream calls in one window.
	 *
	 * @param window minute, day or month
	 * @param limit most calls of all teams together
	 * @param share calls that are guaranteed to the team
	 * @param used calls that were made for the team
	 * @param left calls that the team could make now if no other team made any
	 * @param resetsAt when the whole share is available again, if the team makes no call
	 * until then
	 */
	record Calls(String window, long limit, long share, long used, long left, Instant resetsAt) {
	}

	/**
	 * Upstream calls of one endpoint.
	 *
	 * @param calls calls that requests of the team caused, also in the background
	 * @param spared requests of the team that were answered without a call
	 */
	record EndpointUsage(String endpoint, long calls, long spared) {
	}

}
