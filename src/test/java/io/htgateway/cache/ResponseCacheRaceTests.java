package io.htgateway.cache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResponseCache} with many threads that request the same key.
 */
class ResponseCacheRaceTests {

	private static final CacheKey KEY = () -> "key";

	private static final int CALLERS = 16;

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final CachePolicy MINUTE = CachePolicy.fresh(Duration.ofMinutes(1), TIMEOUT,
			(failure) -> LoadFailure.FAILED);

	private static final CachePolicy NOT_STORED = CachePolicy.fresh(Duration.ZERO, TIMEOUT,
			(failure) -> LoadFailure.FAILED);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final ResponseCache cache = new ResponseCache(
			new CacheProperties(DataSize.ofMegabytes(1), TIMEOUT, 1000, 64, 0), clock, Pace.NONE, SecondLevelCache.NONE,
			LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);

	private final AtomicInteger loads = new AtomicInteger();

	private final AtomicInteger latest = new AtomicInteger();

	@RepeatedTest(50)
	void getWhenManyAskAtOnceLoadsOnce() throws Exception {
		List<Integer> numbers = atOnce(this::ask);

		assertThat(numbers).hasSize(CALLERS).containsOnly(1);
		assertThat(loads).hasValue(1);
	}

	@RepeatedTest(50)
	void getWhenCallersCancelAtOnceLoadsOnceAndStores() throws Exception {
		atOnce(() -> {
			Disposable caller = cache.get(KEY, MINUTE, Reach.LOAD, load()).subscribe();
			caller.dispose();
			return 0;
		});

		assertThat(ask()).isEqualTo(1);
		assertThat(loads).hasValue(1);
	}

	@RepeatedTest(50)
	void getWhenEveryOtherCallerCancelsServesTheOthers() throws Exception {
		AtomicInteger turn = new AtomicInteger();

		List<Integer> numbers = atOnce(() -> {
			if (turn.incrementAndGet() % 2 == 0) {
				return ask();
			}
			cache.get(KEY, MINUTE, Reach.LOAD, load()).subscribe().dispose();
			return 1;
		});

		assertThat(numbers).containsOnly(1);
		assertThat(loads).hasValue(1);
	}

	@RepeatedTest(50)
	void getWhenTtlIsZeroNeverHandsOutWhatEndedBefore() throws Exception {
		List<Integer> late = atOnce(() -> {
			int outdated = 0;
			for (int round = 0; round < 20; round++) {
				int seen = latest.get();
				int number = number(cache.get(KEY, NOT_STORED, Reach.LOAD, load()));
				outdated += (number <= seen) ? 1 : 0;
				latest.accumulateAndGet(number, Math::max);
			}
			return outdated;
		});

		assertThat(late).containsOnly(0);
		assertThat(loads.get()).isGreaterThanOrEqualTo(20);
	}

	private int ask() {
		return number(cache.get(KEY, MINUTE, Reach.LOAD, load()));
	}

	// Returns the number of the load, on another thread.
	private Loader load() {
		return (previous) -> Mono.fromSupplier(() -> {
			ByteBuffer body = ByteBuffer.allocate(Integer.BYTES).putInt(loads.incrementAndGet()).flip();
			return Loader.Loaded
				.fetched(CachedResponse.of(body.array(), "x/y", Origin.of(clock.instant(), Duration.ZERO)));
		}).subscribeOn(Schedulers.parallel());
	}

	private static int number(Mono<CacheResult> result) {
		return result.blockOptional(TIMEOUT).orElseThrow().response().identity().body().getInt();
	}

	private static List<Integer> atOnce(Callable<Integer> caller) throws Exception {
		CyclicBarrier start = new CyclicBarrier(CALLERS);
		try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
			List<Future<Integer>> running = IntStream.range(0, CALLERS)
				.mapToObj((number) -> threads.submit(() -> afterAll(start, caller)))
				.toList();
			return running.stream().map((result) -> {
				try {
					return result.get();
				}
				catch (Exception ex) {
					throw new AssertionError(ex);
				}
			}).toList();
		}
	}

	private static Integer afterAll(CyclicBarrier start, Callable<Integer> caller) throws Exception {
		start.await();
		return caller.call();
	}

}
