package io.htgateway.history.watch;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.history.store.Series;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts watched keys that were not loaded with a state. Logs one WARN when a gap begins,
 * and one INFO once all keys are loaded with a state again.
 */
final class GapLog {

	private static final Logger LOG = LoggerFactory.getLogger(GapLog.class);

	private static final int MAX_SHOWN = 5;

	private final Map<Obstacle, Long> missed = new EnumMap<>(Obstacle.class);

	private long states;

	/**
	 * Returns how often a key was not loaded with a state for the given reason.
	 */
	synchronized long missed(Obstacle obstacle) {
		return missed.getOrDefault(obstacle, 0L);
	}

	/**
	 * Records the end of a state, and the keys that were not loaded with it.
	 * @param keys the keys, with the reason for each; empty if all were loaded
	 * @param next date of the next state
	 */
	synchronized void ended(Map<Series, Obstacle> keys, Instant next) {
		keys.values().forEach((obstacle) -> missed.merge(obstacle, 1L, Long::sum));
		if (keys.isEmpty()) {
			return;
		}
		states++;
		if (states == 1) {
			List<String> shown = keys.keySet().stream().limit(MAX_SHOWN).map(Series::toString).toList();
			LOG.warn(
					"Watched keys not loaded with a state; the history has a gap: before={} missed={} reasons={} keys={}",
					next, keys.size(),
					keys.values().stream().map(Obstacle::text).distinct().sorted().collect(Collectors.joining(",")),
					String.join(",", shown));
		}
	}

	/**
	 * Records that all keys were loaded with the newest state.
	 */
	synchronized void complete() {
		if (states > 0) {
			LOG.info("Watched keys loaded with each state again: statesMissed={}", states);
			states = 0;
		}
	}

}
