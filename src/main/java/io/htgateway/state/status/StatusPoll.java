package io.htgateway.state.status;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.failure.LoadFailures;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.Timeline;
import io.htgateway.time.Dates;
import io.htgateway.time.DoublingDelay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Polls the status endpoint when a state is due, while callers want responses that follow
 * the state. A poll is a call like any other. Its response is cached for the spacing of
 * the polls, so that all replicas together make no more calls.
 */
final class StatusPoll {

	private static final Logger LOG = LoggerFactory.getLogger(StatusPoll.class);

	/**
	 * Polls stop when no response that follows the state was requested for this time.
	 */
	private static final Duration WANTED = Duration.ofHours(1);

	private static final Duration MAX_BACKOFF = Duration.ofHours(1);

	private final Duration spacing;

	private final DoublingDelay backoff;

	private final CachePolicy policy;

	private final Supplier<Mono<byte[]>> call;

	private final ResponseCache cache;

	private final StateClock state;

	private final Followers followers;

	private final InstantSource clock;

	private final Dates dates;

	private volatile Instant nextPoll = Instant.MIN;

	private final AtomicInteger failures = new AtomicInteger();

	/**
	 * Creates the poll.
	 * @param spacing shortest time between two calls
	 * @param deadline maximum duration of a call
	 * @param call makes a call and returns its body
	 */
	StatusPoll(Duration spacing, Duration deadline, Supplier<Mono<byte[]>> call, ResponseCache cache, StateClock state,
			Followers followers, InstantSource clock, Dates dates) {
		this.spacing = spacing;
		this.backoff = new DoublingDelay(spacing, MAX_BACKOFF);
		this.policy = CachePolicy.fresh(spacing, deadline, LoadFailures::of);
		this.call = call;
		this.cache = cache;
		this.state = state;
		this.followers = followers;
		this.clock = clock;
		this.dates = dates;
	}

	/**
	 * Polls if a state is due and a poll is permitted. Never fails.
	 */
	Mono<Void> pollIfDue() {
		Instant now = clock.instant();
		if (now.isBefore(nextPoll) || !followers.isWanted(WANTED, now) || !isDue(state.newest(), now)) {
			return Mono.empty();
		}
		return cache.get(new StatusKey(), policy, Reach.LOAD, (previous) -> load())
			.doOnNext(this::polled)
			.doOnError((failure) -> {
				if (failure instanceof CacheRefusal || LoadFailures.of(failure).isRefusal()) {
					nextPoll = clock.instant().plus(spacing);
				}
				else {
					failed(failure.getClass().getSimpleName());
				}
			})
			.onErrorComplete()
			.then();
	}

	// A state can come earlier than announced, but hardly after a shorter interval than
	// the shortest one seen. If a response revealed the newest state, only the status
	// endpoint may know the next one.
	private static boolean isDue(@Nullable Timeline timeline, Instant now) {
		return timeline == null || !timeline.isPredictable(now) || !now.isBefore(timeline.due())
				|| !now.isBefore(timeline.published().plus(timeline.shortest()));
	}

	private Mono<Loaded> load() {
		return call.get()
			.map((body) -> Loaded
				.fetched(CachedResponse.of(body, "application/json", Origin.of(clock.instant(), Duration.ZERO))));
	}

	private void polled(CacheResult result) {
		Optional<StateUpdate> update = StateStatus.read(result.response().identity().bytes());
		if (update.isEmpty()) {
			failed("a body without a lastUpdate that is a date");
			return;
		}
		if (failures.getAndSet(0) > 0) {
			LOG.info("State status understood again");
		}
		state.report(update.get().reportedAt(dates.date(result.response().origin().fetchedAt())));
		Duration left = result.ttl();
		nextPoll = clock.instant().plus(left.isPositive() ? left : spacing);
	}

	private void failed(String reason) {
		int attempts = failures.incrementAndGet();
		if (attempts == 1) {
			LOG.warn("State status unavailable or unreadable; continuing without it and retrying: reason=\"{}\"",
					reason);
		}
		nextPoll = clock.instant().plus(backoff.after(attempts));
	}

}
