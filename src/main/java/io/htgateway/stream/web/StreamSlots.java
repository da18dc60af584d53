package io.htgateway.stream.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.access.TeamRefusal;
import io.htgateway.web.problem.UnavailableException;

/**
 * Limits of the number of open streams: for each team, and in all.
 */
final class StreamSlots {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final int most;

	private final int mostPerTeam;

	private final Map<String, Integer> open = new HashMap<>();

	private int all;

	StreamSlots(int most, int mostPerTeam) {
		this.most = most;
		this.mostPerTeam = mostPerTeam;
	}

	/**
	 * Occupies a slot, which must be released.
	 * @throws TeamRefusal.TooManyStreams if the team has too many open streams
	 * @throws UnavailableException if the gateway has too many open streams
	 */
	synchronized void occupy(String team) {
		if (open.getOrDefault(team, 0) >= mostPerTeam) {
			throw new TeamRefusal.TooManyStreams(mostPerTeam, RETRY_AFTER);
		}
		if (all >= most) {
			throw unavailable();
		}
		all++;
		open.merge(team, 1, Integer::sum);
	}

	/**
	 * Releases a slot of the given team.
	 */
	synchronized void release(String team) {
		all--;
		open.computeIfPresent(team, (name, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Returns the failure of requests while the journal of streams does not answer.
	 */
	static UnavailableException notOpened() {
		return new UnavailableException("the stream could not be opened in time; retry after the time in Retry-After",
				RETRY_AFTER);
	}

	/**
	 * Returns the failure of requests while the gateway has too many open streams.
	 */
	static UnavailableException unavailable() {
		return new UnavailableException(
				"the gateway has as many open streams as it allows; retry after the time in Retry-After", RETRY_AFTER);
	}

}
