package io.htgateway.usage;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.limit.RequestLimit;

/**
 * Limits the reports of each team, because a report reads the count that all replicas
 * share.
 */
final class ReportLimits {

	/**
	 * One report a second, so that a page can show the usage all the time.
	 */
	static final int PER_MINUTE = 60;

	// One limit for each configured team, so it is bounded.
	private final ConcurrentMap<String, RequestLimit> limits = new ConcurrentHashMap<>();

	private final InstantSource clock;

	ReportLimits(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Counts a report of the given team.
	 * @throws TeamRefusal.QuotaExceeded if the team had too many in the last minute
	 */
	void require(Team team) {
		RequestLimit limit = limits.computeIfAbsent(team.name(), (name) -> new RequestLimit(PER_MINUTE, clock));
		if (!limit.tryAcquire()) {
			throw TeamRefusal.QuotaExceeded.ofUsage(PER_MINUTE, limit.retryAfter());
		}
	}

}
