package io.htgateway.shared.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.RejectionCodec;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.Subjects;
import io.htgateway.shared.KeyNames;
import io.htgateway.shared.Stores;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the newer of two responses stays the newer one, whatever happens to clocks
 * and commands.
 */
@Tag("replicas")
class StoredTimesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final CacheKey KEY = () -> "key";

	private final InstantSource clock = InstantSource.system();

	private RedisServer redis;

	private Stores stores;

	private String prefix;

	private RedisSecondLevelCache cache;

	@BeforeEach
	void connect() {
		prefix = "times-" + UUID.randomUUID();
		redis = RedisServer.start();
		stores = Stores.connect(redis, prefix);
		cache = new RedisSecondLevelCache(stores.store(), new Leases(stores.store()),
				new SharedRejections(stores.store(), new NoRejections()), new Purges(stores.store(), clock),
				new SecondLevelMeters(new SimpleMeterRegistry()), clock);
		// The first command of a JVM can take longer than the store waits.
		Awaitility.await().until(() -> {
			put("first");
			return find().isPresent();
		});
	}

	@AfterEach
	void end() {
		stores.close();
		redis.close();
	}

	@Test
	void findWhenClockOfRedisWasSetBackIsMissAndNextPutReplacesIt() {
		put("old");
		byte[] stored = (byte[]) Objects.requireNonNull(redis.command("GET", name()));
		ByteBuffer.wrap(stored).putLong(0, ByteBuffer.wrap(stored).getLong(0) + Duration.ofHours(1).toMillis());
		redis.command(List.of(bytes("SET"), bytes(name()), stored));

		assertThat(find()).isEmpty();

		put("new");
		assertThat(find()).hasValue("new");
	}

	@Test
	void putWhenRedisRunsItLateDoesNotHideANewerResponse() {
		Entry early = entry("early");
		redis.pause();
		cache.put(KEY, early, PATIENCE).block(PATIENCE);
		Entry late = entry("late");
		Awaitility.await().until(() -> !stores.store().isAvailable());

		redis.resume();

		Awaitility.await().until(stores.store()::isAvailable);
		cache.put(KEY, late, PATIENCE).block(PATIENCE);
		assertThat(find()).hasValue("late");
	}

	@Test
	void findWhenRedisRepliesLateIsNoYounger() {
		MutableClock local = new MutableClock(clock.instant());
		try (Stores patient = Stores.connect(redis.port(), prefix, PATIENCE)) {
			RedisSecondLevelCache late = new RedisSecondLevelCache(patient.store(), new Leases(patient.store()),
					new SharedRejections(patient.store(), new NoRejections()), new Purges(patient.store(), local),
					new SecondLevelMeters(new SimpleMeterRegistry()), local);
			put("old");
			redis.pause();
			CompletableFuture<@Nullable Entry> found = late.find(KEY, null).toFuture();
			local.advance(Duration.ofSeconds(10));
			redis.resume();

			Instant fetchedAt = Objects.requireNonNull(found.join()).response().origin().fetchedAt();

			assertThat(Duration.between(fetchedAt, local.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
		}
	}

	// The clock that stands still is that of a replica whose replies are late: all ages
	// in them have grown by then.
	@Test
	void findWhenPurgeWasEarlierThanTheResponseAndAnswersAreLateIsFresh() {
		MutableClock local = new MutableClock(clock.instant());
		try (Purges purges = new Purges(stores.store(), local)) {
			purges.publish(Subjects.ALL);
			purges.subscribe((purge) -> {
			});
			awaitTimeOfRedis(Duration.ofMillis(500));
			put("new");
			awaitTimeOfRedis(Duration.ofMillis(500));
			RedisSecondLevelCache late = new RedisSecondLevelCache(stores.store(), new Leases(stores.store()),
					new SharedRejections(stores.store(), new NoRejections()), purges,
					new SecondLevelMeters(new SimpleMeterRegistry()), local);

			Entry found = Objects.requireNonNull(late.find(KEY, null).block(PATIENCE));

			assertThat(found.lifetime()).isEqualTo(PATIENCE);
		}
	}

	@Test
	void findWhenPurgeWasLaterThanTheResponseIsStale() {
		put("old");
		try (Purges purges = new Purges(stores.store(), clock)) {
			awaitTimeOfRedis(Duration.ofMillis(5));
			purges.publish(Subjects.ALL);
			purges.subscribe((purge) -> {
			});
			RedisSecondLevelCache purged = new RedisSecondLevelCache(stores.store(), new Leases(stores.store()),
					new SharedRejections(stores.store(), new NoRejections()), purges,
					new SecondLevelMeters(new SimpleMeterRegistry()), clock);

			Entry found = Objects.requireNonNull(purged.find(KEY, null).block(PATIENCE));

			assertThat(found.lifetime()).isLessThan(PATIENCE);
		}
	}

	private void awaitTimeOfRedis(Duration later) {
		long end = timeOfRedis() + later.toMillis();
		Awaitility.await().until(() -> timeOfRedis() >= end);
	}

	private long timeOfRedis() {
		List<String> time = redis.texts("TIME");
		return Long.parseLong(time.getFirst()) * 1_000 + Long.parseLong(time.getLast()) / 1_000;
	}

	private void put(String body) {
		cache.put(KEY, entry(body), PATIENCE).block(PATIENCE);
	}

	private Optional<String> find() {
		return cache.find(KEY, null)
			.map((entry) -> new String(entry.response().identity().bytes(), StandardCharsets.UTF_8))
			.blockOptional(PATIENCE);
	}

	private Entry entry(String body) {
		return new Entry(CachedResponse.of(bytes(body), "text/plain", Origin.of(clock.instant(), Duration.ZERO)),
				PATIENCE);
	}

	private String name() {
		return new KeyNames(prefix).of("key", "response");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Writes and reads no rejection.
	 */
	private static final class NoRejections implements RejectionCodec {

		@Override
		public Optional<String> write(Throwable cause) {
			return Optional.empty();
		}

		@Override
		public Optional<Throwable> read(String text) {
			return Optional.empty();
		}

	}

}
