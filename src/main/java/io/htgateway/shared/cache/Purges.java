package io.htgateway.shared.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.Subject;
import io.htgateway.cache.store.Subjects;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.time.RepeatedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * The purges that operators made. They are stored in Redis, for replicas that start
 * later, and published to all replicas at once.
 */
final class Purges implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Purges.class);

	private static final Script PURGE = Script.named("purge");

	private static final Script PURGES = Script.named("purges");

	/**
	 * Longer than any response is served.
	 */
	private static final Duration RETENTION = Duration.ofDays(9);

	private static final int MAX_PURGES = 1000;

	/**
	 * Time between two polls, because a message can be lost.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final SharedStore store;

	private final InstantSource clock;

	private final Disposable.Composite subscriptions = Disposables.composite();

	private volatile List<Purge> known = List.of();

	private final AtomicLong polls = new AtomicLong();

	private long latestPoll;

	Purges(SharedStore store, InstantSource clock) {
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Stores a purge of the given subjects and publishes it to all replicas.
	 */
	void publish(Subjects subjects) {
		store
			.runIdempotent(PURGE, List.of(key()), SharedStore.argument(Purge.text(subjects)),
					SharedStore.argument(RETENTION.toMillis()), SharedStore.argument(MAX_PURGES),
					SharedStore.argument(channel()))
			.doOnError((failure) -> LOG
				.warn("Purge not published: Redis is unavailable; other replicas may still serve the"
						+ " purged responses"))
			.onErrorComplete()
			.subscribe();
	}

	/**
	 * Returns the given response, as a stale one if it was fetched before a purge. Both
	 * times are those of Redis: by this replica's clock each would be wrong by the delay
	 * of a late reply.
	 * @param fetchedAt when the response was fetched, in ms by the clock of Redis
	 */
	Entry apply(Subject subject, Entry found, long fetchedAt) {
		return known.stream()
			.filter((purge) -> purge.since() > fetchedAt && purge.subjects().test(subject))
			.map((purge) -> Duration.ofMillis(purge.since() - fetchedAt))
			.min(Duration::compareTo)
			.map((since) -> (since.compareTo(found.lifetime()) < 0) ? since : found.lifetime())
			.map((lifetime) -> new Entry(found.response(), lifetime, true))
			.orElse(found);
	}

	/**
	 * Passes each purge from now on to the given listener, whichever replica made it.
	 */
	void subscribe(Consumer<Purge> listener) {
		refresh().block();
		Mono<Void> poll = refresh().doOnNext((purges) -> purges.forEach(listener)).then();
		store.onAvailable(() -> poll.subscribe());
		subscriptions.add(RepeatedTask.every(INTERVAL, () -> poll));
		subscriptions
			.add(store.messages(channel()).subscribe((message) -> RepeatedTask.attempt(() -> poll.subscribe())));
	}

	private Mono<List<Purge>> refresh() {
		return Mono.defer(() -> {
			long poll = polls.incrementAndGet();
			return store.runIdempotent(PURGES, List.of(key()))
				.map((lines) -> new String(lines, StandardCharsets.UTF_8))
				.map((lines) -> replace(poll, parse(lines)))
				.onErrorComplete();
		});
	}

	private List<Purge> parse(String lines) {
		Instant now = clock.instant();
		return lines.lines().map((line) -> Purge.parse(line, now)).flatMap(Optional::stream).toList();
	}

	// Returns only new purges. They are compared by the clock of Redis, because the local
	// time differs a little at each poll. The reply to an earlier poll lacks purges that
	// a later one has found.
	private synchronized List<Purge> replace(long poll, List<Purge> next) {
		if (poll < latestPoll) {
			return List.of();
		}
		latestPoll = poll;
		List<Purge> before = known;
		List<Purge> added = next.stream().filter((purge) -> before.stream().noneMatch(purge::isSame)).toList();
		known = next;
		return added;
	}

	private String key() {
		return store.names().of("purges");
	}

	private String channel() {
		return store.names().of("purge");
	}

	@Override
	public void close() {
		subscriptions.dispose();
	}

}
