package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.cache.load.SourceUpdates.Schedule;
import io.htgateway.cache.store.SourceUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint whose responses change with the state. Its responses become outdated at
 * most once in each configured lifetime, so that false updates cannot cause more loads
 * than no updates would. If its bodies change within one state, it does not follow the
 * state for a while.
 */
final class Follower implements SourceUpdate {

	private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

	/**
	 * Number of states after which the endpoint is checked again.
	 */
	private static final int STATES_BETWEEN_CHECKS = 10;

	/**
	 * Number of states, within which bodies changed, after which the endpoint is not
	 * trusted.
	 */
	private static final int MAX_CHANGES = 3;

	/**
	 * Default of the largest extension of a lifetime, as a divisor.
	 */
	private static final int MAX_JITTER = 10;

	private static final Duration DISTRUST = Duration.ofHours(6);

	private final AtomicLong nextCheck = new AtomicLong(1);

	private final String endpoint;

	private final Duration ttl;

	private final Duration spacing;

	private final StateClock clock;

	private volatile Cuts cuts = Cuts.NONE;

	private volatile Instant trustedFrom = Instant.MIN;

	private int changes;

	private long changedState;

	Follower(String endpoint, Duration ttl, StateClock clock) {
		this.endpoint = endpoint;
		this.ttl = ttl;
		this.spacing = ttl.plus(ttl.dividedBy(MAX_JITTER));
		this.clock = clock;
	}

	String endpoint() {
		return endpoint;
	}

	/**
	 * Returns whether the endpoint is trusted to follow the state.
	 */
	boolean isTrusted(Instant now) {
		return !now.isBefore(trustedFrom);
	}

	@Override
	public @Nullable Instant outdatedAt(Instant fetchedAt, Instant now) {
		return cuts.outdatedAt(fetchedAt, now);
	}

	/**
	 * Returns the schedule of the state, or null if it is not predictable.
	 */
	@Nullable Schedule schedule(Instant now) {
		Timeline timeline = isTrusted(now) ? clock.predictable(now) : null;
		if (timeline == null) {
			return null;
		}
		Duration usual = timeline.usual();
		return new Schedule(timeline.at(), (usual.compareTo(ttl) > 0) ? usual : ttl, timeline.due(),
				timeline.knownAt());
	}

	/**
	 * Acquires the permission for one load that shows whether an overdue state is there.
	 */
	boolean tryProbe(Instant now) {
		return clock.tryProbe(ttl, now);
	}

	/**
	 * Acquires the permission for one load within a state, which checks that the endpoint
	 * does not change.
	 */
	boolean tryCheck() {
		Timeline timeline = clock.newest();
		long due = nextCheck.get();
		return timeline != null && timeline.number() >= due
				&& nextCheck.compareAndSet(due, timeline.number() + STATES_BETWEEN_CHECKS);
	}

	/**
	 * Makes responses outdated that were fetched before the given state was known.
	 */
	synchronized void updated(Timeline timeline, Instant now) {
		if (isTrusted(now)) {
			cuts = cuts.with(timeline.knownAt(), now, spacing);
		}
	}

	/**
	 * Records that a body changed within the given state.
	 */
	synchronized void changedWithin(Timeline timeline, Instant now) {
		if (changedState == timeline.number()) {
			return;
		}
		changedState = timeline.number();
		nextCheck.set(timeline.number());
		if (++changes >= MAX_CHANGES) {
			changes = 0;
			cuts = Cuts.NONE;
			trustedFrom = now.plus(DISTRUST);
			LOG.warn("Endpoint changes between state updates; its configured lifetime applies: endpoint={} hours={}",
					endpoint, DISTRUST.toHours());
		}
	}

	/**
	 * Records that the endpoint changed with a state, or did not change within one.
	 */
	synchronized void confirmed() {
		changes = 0;
	}

}
