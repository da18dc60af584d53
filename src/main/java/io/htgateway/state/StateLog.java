package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once when states become predictable, once when the next one is overdue, and each
 * kind of contradiction once until its source is right again.
 */
final class StateLog {

	private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

	private final Set<StateSource> wrong = EnumSet.noneOf(StateSource.class);

	private volatile boolean following;

	void predictable(Timeline timeline, boolean predictable, Instant now) {
		if (predictable != following) {
			change(timeline, predictable, now);
		}
	}

	private synchronized void change(Timeline timeline, boolean predictable, Instant now) {
		if (predictable == following) {
			return;
		}
		if (predictable) {
			following = true;
			LOG.info("State updates known; responses are fresh until the next one is due: source={} intervalSeconds={}",
					timeline.source(), timeline.usual().toSeconds());
		}
		else if (!now.isBefore(timeline.due())) {
			following = false;
			LOG.warn("State update overdue; configured lifetimes apply until the next one: newest={} overdueSeconds={}",
					timeline.at(), Duration.between(timeline.due(), now).toSeconds());
		}
	}

	synchronized void updated(Timeline timeline) {
		wrong.remove(timeline.source());
		LOG.debug("State updated: newest={} source={}", timeline.at(), timeline.source());
	}

	synchronized void contradiction(StateUpdate update, String reason) {
		if (wrong.add(update.source())) {
			LOG.warn("State report contradicts the state clock; ignoring its date: source={} " + "at={} reason=\"{}\"",
					update.source(), update.at(), reason);
		}
	}

}
