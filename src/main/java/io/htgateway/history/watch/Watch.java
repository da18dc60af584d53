package io.htgateway.history.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.CacheResult;
import io.htgateway.history.RecordedRequest;
import io.htgateway.history.store.Series;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.Timeline;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Requests each watched key after a state was published, and whenever its response
 * becomes stale. The cache answers these requests like those of callers, so it decides
 * whether a key is loaded.
 */
final class Watch {

	/**
	 * Time from the announcement of a state to the requests for its data, which can be
	 * published later than the announcement.
	 */
	static final Duration SETTLING = Duration.ofSeconds(10);

	/**
	 * Time between two runs.
	 */
	static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Maximum number of requests that one run starts.
	 */
	private static final int MAX_STARTS = 8;

	private final Sinks.Empty<Void> stopped = Sinks.empty();

	private final List<WatchedKey> keys;

	private final WatchQuota quota;

	private final Duration spacing;

	private final Duration gap;

	private final WatchTurn turn;

	private final GapLog gaps;

	private final Followers followers;

	private final InstantSource clock;

	private volatile Instant nextStart = Instant.MIN;

	private volatile boolean active;

	/**
	 * Creates the watch of the given keys.
	 * @param share the calls that the watch list may cause
	 */
	Watch(List<WatchedKey> keys, WatchShare share, WatchQuota quota, WatchTurn turn, GapLog gaps, StateClock state,
			Followers followers, InstantSource clock) {
		this.keys = List.copyOf(keys);
		this.quota = quota;
		this.spacing = share.spacing(keys.size());
		this.gap = share.gap();
		this.turn = turn;
		this.gaps = gaps;
		this.followers = followers;
		this.clock = clock;
		state.onUpdate(this::published);
	}

	/**
	 * Requests the keys that are due, if this replica has the turn. Never fails.
	 */
	Mono<Void> run() {
		return turn.take().doOnNext(this::run).then();
	}

	private void run(boolean mine) {
		Instant now = clock.instant();
		if (active && !mine) {
			keys.forEach((key) -> key.forget(now));
		}
		active = mine;
		if (keys.stream().anyMatch(WatchedKey::followsState)) {
			followers.want(now);
		}
		for (int starts = 0; mine && starts < MAX_STARTS && !now.isBefore(nextStart); starts++) {
			startOne(now);
		}
	}

	// Chooses a key at random, so that a shortage of calls affects all keys equally.
	private void startOne(Instant now) {
		List<WatchedKey> due = keys.stream().filter((key) -> key.isDue(now)).toList();
		if (!due.isEmpty()) {
			Instant earliest = now.minus(INTERVAL);
			nextStart = (nextStart.isAfter(earliest) ? nextStart : earliest).plus(gap);
			start(due.get(ThreadLocalRandom.current().nextInt(due.size())));
		}
	}

	private void start(WatchedKey key) {
		RecordedRequest request = key.request();
		request.current()
			.contextWrite(quota::in)
			.takeUntilOther(stopped.asMono())
			.subscribe((result) -> answered(key, result), (failure) -> key.failed(failure, clock.instant()));
	}

	private void answered(WatchedKey key, CacheResult result) {
		Instant now = clock.instant();
		boolean followed = followers.isFollowing(key.series().endpoint(), now);
		boolean loaded = key.answered(result, followed ? Duration.ZERO : spacing, now);
		if (loaded && keys.stream().noneMatch(WatchedKey::isMissing)) {
			gaps.complete();
		}
	}

	private void published(Timeline timeline) {
		if (!isActive()) {
			return;
		}
		Instant at = clock.instant().plus(SETTLING);
		Map<Series, Obstacle> missed = new TreeMap<>(Comparator.comparing(Series::toString));
		keys.stream().filter(WatchedKey::followsState).forEach((key) -> {
			Obstacle obstacle = key.published(timeline, at);
			if (obstacle != null) {
				missed.put(key.series(), obstacle);
			}
		});
		gaps.ended(missed, timeline.at());
	}

	/**
	 * Ends the watch. Loads in flight continue.
	 */
	void stop() {
		turn.end();
		stopped.tryEmitEmpty();
	}

	/**
	 * Returns whether this replica loads the keys.
	 */
	boolean isActive() {
		return active && turn.isTaken();
	}

	/**
	 * Returns the number of watched keys.
	 */
	int keys() {
		return keys.size();
	}

}
