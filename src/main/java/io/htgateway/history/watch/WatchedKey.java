package io.htgateway.history.watch;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.cache.CacheOutcome;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.history.RecordedRequest;
import io.htgateway.history.store.Series;
import io.htgateway.state.Timeline;
import io.htgateway.time.DoublingDelay;
import org.jspecify.annotations.Nullable;

/**
 * Key of the watch list. It determines when the key is requested next, and whether it was
 * loaded with the newest state.
 */
final class WatchedKey {

	/**
	 * Delay after which a request is repeated that was refused or only started a load.
	 */
	private static final DoublingDelay RETRY = new DoublingDelay(Duration.ofSeconds(2), Duration.ofMinutes(5));

	private final RecordedRequest request;

	private final boolean followsState;

	private final WatchQuota quota;

	private Instant nextRequest;

	private boolean waiting;

	private int attempts;

	private @Nullable Timeline missing;

	private @Nullable String lastTag;

	private @Nullable Instant unconfirmed;

	private @Nullable Obstacle obstacle;

	// A refresh in the background was started, and its result is not known.
	private boolean refreshing;

	/**
	 * Creates a key that is requested at once.
	 * @param followsState whether it changes only with states
	 */
	WatchedKey(RecordedRequest request, boolean followsState, WatchQuota quota, Instant now) {
		this.request = request;
		this.followsState = followsState;
		this.quota = quota;
		this.nextRequest = now;
	}

	Series series() {
		return request.series();
	}

	boolean followsState() {
		return followsState;
	}

	/**
	 * Returns whether the key is to be requested now.
	 */
	synchronized boolean isDue(Instant now) {
		return !waiting && !now.isBefore(nextRequest);
	}

	/**
	 * Returns whether the newest state is known and the key was not loaded with it yet.
	 */
	synchronized boolean isMissing() {
		return missing != null;
	}

	/**
	 * Begins a request.
	 */
	synchronized RecordedRequest request() {
		waiting = true;
		return request;
	}

	/**
	 * Requests the key at the given time, because a state was published.
	 * @return why the key was not loaded with the state before, or null if it was
	 */
	synchronized @Nullable Obstacle published(Timeline state, Instant at) {
		Obstacle reason = (missing == null) ? null : (obstacle != null) ? obstacle : Obstacle.UNCONFIRMED;
		missing = state;
		unconfirmed = null;
		obstacle = null;
		attempts = 0;
		nextRequest = at;
		return reason;
	}

	/**
	 * Forgets the newest state: another replica loads the key.
	 */
	synchronized void forget(Instant now) {
		missing = null;
		nextRequest = now;
	}

	/**
	 * Ends a request.
	 * @param spacing shortest time between two loads, unless a state is published
	 * @return whether this response is the first of the key with the newest state
	 */
	synchronized boolean answered(CacheResult result, Duration spacing, Instant now) {
		waiting = false;
		boolean loaded = missing != null && isLoadedWith(missing, result.stored());
		missing = loaded ? null : missing;
		lastTag = tag(result.stored());
		boolean outdated = missing != null && result.stored().fetchedAt().isBefore(missing.knownAt());
		boolean failed = refreshing && result.outcome() == CacheOutcome.STALE_WHILE_REVALIDATE;
		refreshing = result.outcome() == CacheOutcome.STALE_WHILE_REVALIDATE;
		if (result.outcome().isStale() || outdated) {
			obstacle = failed ? Obstacle.UPSTREAM : obstacle;
			retry(result.failure(), now);
		}
		else {
			attempts = 0;
			obstacle = null;
			nextRequest = freshUntil(result, spacing, now);
		}
		return loaded;
	}

	// A key whose responses are not stored is requested again after the usual interval.
	private static Instant freshUntil(CacheResult result, Duration spacing, Instant now) {
		Instant end = now.plus(result.ttl().isPositive() ? result.ttl() : Timeline.DEFAULT);
		Instant earliest = result.stored().fetchedAt().plus(spacing);
		return end.isAfter(earliest) ? end : earliest;
	}

	// The data can be published later than the state. A body that has not changed must
	// therefore be confirmed: by the date of its state if the cache knows it, or by a
	// second load.
	private boolean isLoadedWith(Timeline state, StoredResponse response) {
		if (response.fetchedAt().isBefore(state.knownAt())) {
			return false;
		}
		Instant updated = response.response().origin().updatedAt();
		boolean confirmed = updated != null && !updated.isBefore(state.at());
		boolean changed = lastTag == null || !lastTag.equals(tag(response));
		boolean second = unconfirmed != null && !unconfirmed.equals(response.fetchedAt());
		unconfirmed = response.fetchedAt();
		return confirmed || changed || second;
	}

	private static String tag(StoredResponse response) {
		return response.response().identity().etag().toString();
	}

	/**
	 * Ends a request that failed.
	 */
	synchronized void failed(Throwable failure, Instant now) {
		waiting = false;
		retry(failure, now);
	}

	private void retry(@Nullable Throwable failure, Instant now) {
		Obstacle found = Obstacle.of(failure, quota);
		obstacle = (found != null) ? found : obstacle;
		nextRequest = now.plus(RETRY.after(++attempts));
	}

}
