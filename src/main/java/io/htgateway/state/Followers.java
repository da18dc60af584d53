package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.SourceUpdate;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.time.Dates;
import io.htgateway.traffic.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints that follow the state, and the evidence that their loads bring.
 */
public final class Followers implements SourceUpdates {

	private static final int MAX_UNCONFIRMED = 10_000;

	private final Map<String, Follower> byEndpoint = new TreeMap<>();

	// Keys whose configured lifetime applies until another load confirms their body:
	// either it did not change with the newest state, whose data may not have been
	// published yet, or the key is used to check the endpoint.
	private final Cache<CacheKey, Boolean> unconfirmed;

	private final StateClock state;

	private final InstantSource clock;

	private final Dates dates;

	private volatile Instant wantedAt = Instant.MIN;

	Followers(List<Endpoint> endpoints, StateClock state, InstantSource clock, Dates dates) {
		endpoints.stream()
			.filter(Endpoint::followsState)
			.forEach((endpoint) -> byEndpoint.put(endpoint.name(),
					new Follower(endpoint.name(), endpoint.ttl(), state)));
		this.unconfirmed = Caffeine.newBuilder()
			.maximumSize(MAX_UNCONFIRMED)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.executor(Runnable::run)
			.expireAfterWrite(Timeline.LONGEST)
			.build();
		this.state = state;
		this.clock = clock;
		this.dates = dates;
		state.onUpdate(this::updated);
	}

	private void updated(Timeline timeline) {
		Instant now = clock.instant();
		byEndpoint.values().forEach((follower) -> follower.updated(timeline, now));
	}

	/**
	 * Returns the endpoints that follow the state, trusted or not.
	 */
	Collection<Follower> all() {
		return byEndpoint.values();
	}

	/**
	 * Returns whether no endpoint follows the state.
	 */
	public boolean isEmpty() {
		return byEndpoint.isEmpty();
	}

	/**
	 * Returns whether a response that follows the state was requested within the given
	 * time.
	 */
	public boolean isWanted(Duration within, Instant now) {
		return wantedAt.isAfter(now.minus(within));
	}

	/**
	 * Records interest in responses that follow the state, without a request for one.
	 */
	public void want(Instant now) {
		wantedAt = now;
	}

	/**
	 * Returns whether lifetimes of the given endpoint currently follow the state: the
	 * next state can be predicted, and the endpoint changes only with states.
	 */
	public boolean isFollowing(String endpoint, Instant now) {
		Follower follower = byEndpoint.get(endpoint);
		return follower != null && follower.schedule(now) != null;
	}

	@Override
	public SourceUpdate latest(CacheKey key) {
		Follower follower = find(key);
		return (follower != null) ? follower : SourceUpdate.NONE;
	}

	@Override
	public @Nullable Schedule schedule(CacheKey key, Instant now) {
		Follower follower = find(key);
		if (follower == null) {
			return null;
		}
		wantedAt = now;
		return (unconfirmed.getIfPresent(key) != null) ? null : follower.schedule(now);
	}

	@Override
	public boolean tryProbe(CacheKey key, Instant now) {
		Follower follower = find(key);
		return follower != null && follower.tryProbe(now);
	}

	@Override
	public Duration longest() {
		return byEndpoint.isEmpty() ? Duration.ZERO : Timeline.LONGEST;
	}

	private @Nullable Follower find(CacheKey key) {
		return key.isPart() ? null : byEndpoint.get(key.subject().endpoint());
	}

	@Override
	public void loaded(CacheKey key, @Nullable StoredResponse previous, CachedResponse loaded) {
		Follower follower = find(key);
		if (follower == null) {
			return;
		}
		Timeline before = state.newest();
		Instant modified = loaded.origin().lastModified();
		boolean revealed = modified != null && state.report(StateUpdate.of(modified, StateSource.FILE_DATE));
		if (previous != null && !revealed) {
			learn(key, follower, before, previous, loaded);
		}
	}

	private void learn(CacheKey key, Follower follower, @Nullable Timeline newest, StoredResponse previous,
			CachedResponse loaded) {
		boolean changed = !previous.response().identity().etag().equals(loaded.identity().etag());
		boolean withinState = newest != null && !previous.fetchedAt().isBefore(newest.knownAt());
		if (changed) {
			unconfirmed.invalidate(key);
			changed(follower, newest, withinState, loaded.origin().fetchedAt());
			if (follower.tryCheck()) {
				unconfirmed.put(key, true);
			}
		}
		else if (withinState) {
			unconfirmed.invalidate(key);
			follower.confirmed();
		}
		else if (newest != null) {
			unconfirmed.put(key, true);
			notConfirmed(follower, newest);
		}
	}

	private void changed(Follower follower, @Nullable Timeline newest, boolean withinState, Instant fetchedAt) {
		if (newest != null && withinState && newest.isCurrent(fetchedAt)) {
			follower.changedWithin(newest, fetchedAt);
		}
		else if (newest == null || withinState) {
			state.report(StateUpdate.ofBody(dates.date(fetchedAt), follower.endpoint()));
		}
		else {
			Follower revealing = revealing(newest);
			if (revealing != null && revealing != follower) {
				revealing.confirmed();
			}
		}
	}

	// The body of another endpoint revealed a state with which this one did not change.
	private void notConfirmed(Follower follower, Timeline newest) {
		Follower revealing = revealing(newest);
		if (revealing != null && revealing != follower) {
			revealing.changedWithin(newest, clock.instant());
		}
	}

	private @Nullable Follower revealing(Timeline timeline) {
		return (timeline.endpoint() != null) ? byEndpoint.get(timeline.endpoint()) : null;
	}

}
