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
import io.htgateway.shared.RepeatedTask;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * What operators have let be stale: noted in Redis for those who come later, and told to
 * all replicas at once.
 */
final class Purges implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Purges.class);

	private static final Script PURGE = Script.named("purge");

	private static final Script PURGES = Script.named("purges");

	/**
	 * Nothing is answered for longer.
	 */
	private static final Duration KEPT = Duration.ofDays(7);

	private static final int MAX_KEPT = 1000;

	/**
	 * Time between two looks, since a message can be missed.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final SharedStore store;

	private final InstantSource clock;

	private final Disposable.Composite following = Disposables.composite();

	private volatile List<Purge> known = List.of();

	private final AtomicLong looks = new AtomicLong();

	private long replaced;

	Purges(SharedStore store, InstantSource clock) {
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Notes that what is stored about the given subjects is stale, and notifies all
	 * replicas.
	 */
	void publish(Subjects subjects) {
		store.runAgain(PURGE, List.of(key()), SharedStore.argument(Purge.text(subjects)),
				SharedStore.argument(KEPT.toMillis()), SharedStore.argument(MAX_KEPT), SharedStore.argument(channel()))
			.doOnError(
					(failure) -> LOG.warn("Redis cannot be used: other replicas may go on to answer what was purged"))
			.onErrorComplete()
			.subscribe();
	}

	/**
	 * Returns the given response, stale if it was purged after it was fetched. Both times
	 * are those of Redis: by this replica's clock either is wrong by as much as an answer
	 * was late.
	 * @param fetchedAt when it was fetched, in ms by the clock of Redis
	 */
	Entry apply(Subject subject, Entry found, long fetchedAt) {
		return known.stream()
			.filter((purge) -> purge.since() > fetchedAt && purge.subjects().test(subject))
			.map((purge) -> Duration.ofMillis(purge.since() - fetchedAt))
			.filter((lifetime) -> lifetime.compareTo(found.lifetime()) < 0)
			.min(Duration::compareTo)
			.map((lifetime) -> new Entry(found.response(), lifetime))
			.orElse(found);
	}

	/**
	 * Has the given listener told of each purge from now on, whoever made it.
	 */
	void follow(Consumer<Purge> listener) {
		refresh().block();
		Mono<Void> look = refresh().doOnNext((purges) -> purges.forEach(listener)).then();
		store.onReturn(() -> look.subscribe());
		following.add(RepeatedTask.every(INTERVAL, () -> look));
		following.add(store.messages(channel()).subscribe((message) -> RepeatedTask.attempt(() -> look.subscribe())));
	}

	private Mono<List<Purge>> refresh() {
		return Mono.defer(() -> {
			long look = looks.incrementAndGet();
			return store.runAgain(PURGES, List.of(key()))
				.map((lines) -> new String(lines, StandardCharsets.UTF_8))
				.map((lines) -> replace(look, parse(lines)))
				.onErrorComplete();
		});
	}

	private List<Purge> parse(String lines) {
		Instant now = clock.instant();
		return lines.lines().map((line) -> Purge.parse(line, now)).flatMap(Optional::stream).toList();
	}

	// Only what is new: a time that is measured again is a little different. The answer
	// to an earlier look lacks what a later one has found.
	private synchronized List<Purge> replace(long look, List<Purge> next) {
		if (look < replaced) {
			return List.of();
		}
		replaced = look;
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
		following.dispose();
	}

}
