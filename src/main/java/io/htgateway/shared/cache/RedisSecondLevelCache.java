package io.htgateway.shared.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.cache.codec.ResponseCodec;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.Subjects;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The Redis tier of the cache: one string for each response. It expires when the response
 * may not be served any more.
 */
final class RedisSecondLevelCache implements SecondLevelCache {

	private static final Script FIND = Script.named("find");

	private static final Script TIME = Script.named("time");

	private static final Script PUT = Script.named("put");

	/**
	 * Accuracy of a time that was sent to Redis and back: a time that is later by less
	 * counts as the same.
	 */
	private static final Duration ACCURACY = Duration.ofMillis(25);

	private final SharedStore store;

	private final Leases leases;

	private final SharedRejections rejections;

	private final Purges purges;

	private final SecondLevelMeters meters;

	private final InstantSource clock;

	RedisSecondLevelCache(SharedStore store, Leases leases, SharedRejections rejections, Purges purges,
			SecondLevelMeters meters, InstantSource clock) {
		this.store = store;
		this.leases = leases;
		this.rejections = rejections;
		this.purges = purges;
		this.meters = meters;
		this.clock = clock;
	}

	@Override
	public Mono<Entry> find(CacheKey key, @Nullable Instant after) {
		Instant requestedAt = clock.instant();
		return store.runIdempotent(FIND, List.of(name(key)), SharedStore.argument(maxAge(after)))
			.publishOn(Schedulers.parallel())
			.mapNotNull((found) -> read(key, found, requestedAt))
			.transform(meters::countLookup)
			.onErrorComplete();
	}

	private String maxAge(@Nullable Instant after) {
		if (after == null) {
			return "";
		}
		return Long.toString(Math.max(0, Duration.between(after, clock.instant()).minus(ACCURACY).toMillis()));
	}

	// The age is counted from the time of the request, because the reply may be late: it
	// never makes a response younger.
	private @Nullable Entry read(CacheKey key, byte[] found, Instant requestedAt) {
		ByteBuffer times = ByteBuffer.wrap(found);
		Instant fetchedAt = requestedAt.minusMillis(times.getLong());
		long fetchedInRedis = times.getLong();
		return ResponseCodec.read(found, times.position(), fetchedAt)
			.map((entry) -> key.isPurgeable() ? purges.apply(key.subject(), entry, fetchedInRedis) : entry)
			.orElse(null);
	}

	// In two steps, so that the time is right even if Redis stores the response late.
	@Override
	public Mono<Void> put(CacheKey key, Entry entry, Duration usefulness) {
		List<String> name = List.of(name(key));
		return Mono.fromCallable(() -> ResponseCodec.write(entry))
			.subscribeOn(Schedulers.parallel())
			.flatMap((form) -> store.runIdempotent(TIME, name)
				.flatMap((time) -> store.runIdempotent(PUT, name, SharedStore.argument(fetchedAt(entry, time)),
						SharedStore.argument(usefulness.toMillis()), form)))
			.transform(meters::countPut)
			.onErrorComplete()
			.then();
	}

	private long fetchedAt(Entry entry, byte[] time) {
		Duration age = Duration.between(entry.response().origin().fetchedAt(), clock.instant());
		return Long.parseLong(new String(time, StandardCharsets.US_ASCII)) - age.toMillis();
	}

	@Override
	public Mono<Lease> lease(CacheKey key, Duration patience) {
		return leases.acquire(store.names().of(CacheKeyText.of(key), "lease"), patience);
	}

	@Override
	public Mono<Rejection> rejection(CacheKey key) {
		return rejections.find(key);
	}

	@Override
	public Mono<Void> reject(CacheKey key, Rejection rejection) {
		return rejections.put(key, rejection);
	}

	@Override
	public Mono<Void> accept(CacheKey key) {
		return rejections.remove(key);
	}

	@Override
	public void expire(Subjects subjects) {
		purges.publish(subjects);
	}

	@Override
	public String name() {
		return "redis";
	}

	private String name(CacheKey key) {
		return store.names().of(CacheKeyText.of(key), "response");
	}

}
