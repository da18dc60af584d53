package io.htgateway.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SecondLevelCache;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ResponseCache}: hits, loads and limits.
 */
class ResponseCacheTests extends CacheFixture {

	@Test
	void getWhenFreshIsHitWithItsAge() {
		source.answer("a");
		get();
		clock.advance(Duration.ofSeconds(42));

		CacheResult hit = get();

		assertThat(hit.outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(hit.age()).isEqualTo(Duration.ofSeconds(42));
		assertThat(hit.ttl()).isEqualTo(Duration.ofSeconds(258));
		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenClockJumpsBackHasNoNegativeAge() {
		source.answer("a");
		get();
		clock.advance(Duration.ofHours(-1));

		assertThat(get().age()).isZero();
	}

	@Test
	void getWhenSourceSaysAnAgeAddsItToItsOwn() {
		source.answer(Loader.Loaded.fetched(source.response("a", Duration.ofSeconds(100))));
		get();
		clock.advance(Duration.ofSeconds(10));

		assertThat(get().age()).isEqualTo(Duration.ofSeconds(110));
	}

	@RepeatedTest(50)
	void getWhenManyAskForColdKeyLoadsOnce() {
		List<CompletableFuture<CacheResult>> waiting = IntStream.range(0, 200)
			.parallel()
			.mapToObj((number) -> start(request()))
			.toList();

		source.answerWaiting("a");

		assertThat(waiting).allSatisfy((result) -> assertThat(text(result.join())).isEqualTo("a"));
		assertThat(waiting).filteredOn((result) -> outcome(result) == CacheOutcome.MISS).hasSize(1);
		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenFirstCallerLeavesOthersGetTheResponse() {
		Disposable first = request().subscribe();
		CompletableFuture<CacheResult> second = start(request());
		first.dispose();

		source.answerWaiting("a");

		assertThat(text(second.join())).isEqualTo("a");
		assertThat(get().outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenAllLeaveLoadCompletesAndIsStored() {
		Disposable first = request().subscribe();
		Disposable second = request().subscribe();
		first.dispose();
		second.dispose();

		source.answerWaiting("a");

		assertThat(get().outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenLoadIsNotBackInTimeFailsAtDeadline() {
		StepVerifier.withVirtualTime(this::request)
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(9_999))
			.thenAwait(Duration.ofMillis(1))
			.verifyError(TimeoutException.class);

		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenTooManyWaitRefusesTheRest() {
		ResponseCache small = cache(3, 64);
		List<CompletableFuture<CacheResult>> waiting = IntStream.range(0, 5)
			.mapToObj((number) -> start(small.get(KEY, POLICY, Reach.LOAD, source)))
			.toList();

		assertThat(waiting).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(2);
		assertThatThrownBy(() -> waiting.getLast().join()).hasCauseInstanceOf(CacheRefusal.Overloaded.class);
		source.answerWaiting("a");
		assertThat(waiting).filteredOn((result) -> !result.isCompletedExceptionally())
			.hasSize(3)
			.allSatisfy((result) -> assertThat(text(result.join())).isEqualTo("a"));
		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenTooManyLoadsRunRefusesAnother() {
		ResponseCache small = cache(1000, 2);
		Mono.when(small.get(new Key(1), POLICY, Reach.LOAD, source), small.get(new Key(2), POLICY, Reach.LOAD, source))
			.subscribe();

		StepVerifier.create(small.get(new Key(3), POLICY, Reach.LOAD, source))
			.verifyError(CacheRefusal.Overloaded.class);
		source.answerWaiting("a");
		source.answer("b");
		StepVerifier.create(small.get(new Key(3), POLICY, Reach.LOAD, source).map(ResponseCacheTests::text))
			.expectNext("b")
			.verifyComplete();
	}

	@Test
	void getWhenOnlyCachedIsWantedNeverLoads() {
		StepVerifier.create(cache.get(KEY, POLICY, Reach.ONLY_IF_CACHED, source))
			.verifyError(CacheRefusal.NotCached.class);
		source.answer("a");
		get();
		clock.advance(Duration.ofHours(23));

		StepVerifier.create(cache.get(KEY, POLICY, Reach.ONLY_IF_CACHED, source).map(ResponseCacheTests::text))
			.expectNext("a")
			.verifyComplete();
		assertThat(source.loads()).isEqualTo(1);
	}

	@Test
	void getWhenNothingIsStoredSharesLoadAndNeverGivesItToALaterCaller() {
		CachePolicy forwarding = CachePolicy.fresh(Duration.ZERO, Duration.ofSeconds(10),
				(failure) -> LoadFailure.FAILED);
		CompletableFuture<CacheResult> first = start(cache.get(KEY, forwarding, Reach.LOAD, source));
		CompletableFuture<String> later = first.thenCompose((result) -> {
			source.answer("b");
			return start(cache.get(KEY, forwarding, Reach.LOAD, source));
		}).thenApply(ResponseCacheTests::text);
		CompletableFuture<CacheResult> second = start(cache.get(KEY, forwarding, Reach.LOAD, source));

		source.answerWaiting("a");

		assertThat(text(first.join())).isEqualTo("a");
		assertThat(text(second.join())).isEqualTo("a");
		assertThat(outcome(first)).isEqualTo(CacheOutcome.BYPASS);
		assertThat(later.join()).isEqualTo("b");
	}

	@Test
	void getWhenLoadIsEmptyOrThrowsFails() {
		StepVerifier.create(cache.get(KEY, POLICY, Reach.LOAD, (previous) -> Mono.empty()))
			.verifyErrorMessage("a load must return a response");
		StepVerifier.create(cache.get(new Key(1), POLICY, Reach.LOAD, (previous) -> {
			throw new IllegalStateException("at once");
		})).verifyErrorMessage("at once");
	}

	@Test
	void getWhenMoreIsLoadedThanFitsStaysWithinItsWeight() {
		byte[] quarter = new byte[256 * 1024];
		for (int number = 0; number < 32; number++) {
			load(new Key(number), quarter);
		}

		// With the overhead of each entry, three of the four quarters fit.
		Awaitility.await().until(() -> cached(32) <= 3);
		assertThat(cached(32)).isPositive();
	}

	@Test
	void getWhenResponseIsLargerThanCacheIsAnsweredAndNotStored() {
		byte[] large = new byte[2 * 1024 * 1024];

		assertThat(load(KEY, large).response().identity().length()).isEqualTo(large.length);
		Awaitility.await().untilAsserted(() -> assertThat(cached(1)).isEqualTo(0));
	}

	@Test
	void lifetimeWhenThereIsJitterIsSpreadAndNeverShortened() {
		ResponseCache jittered = new ResponseCache(
				new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), 1000, 64, 0.1), clock, Pace.NONE,
				SecondLevelCache.NONE, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);

		List<Duration> lifetimes = IntStream.range(0, 100).mapToObj((number) -> {
			source.answer("a");
			return jittered.get(new Key(number), POLICY, Reach.LOAD, source)
				.blockOptional()
				.orElseThrow()
				.stored()
				.lifetime();
		}).toList();

		assertThat(lifetimes).allSatisfy((lifetime) -> assertThat(lifetime).isBetween(TTL, TTL.plusSeconds(30)));
		assertThat(lifetimes.stream().distinct()).hasSizeGreaterThan(50);
	}

	private CacheResult load(CacheKey key, byte[] body) {
		source.answer(Loader.Loaded.fetched(CachedResponse.of(body, "x/y", Origin.of(clock.instant(), Duration.ZERO))));
		return cache.get(key, POLICY, Reach.LOAD, source).blockOptional().orElseThrow();
	}

	private long cached(int keys) {
		return IntStream.range(0, keys)
			.filter((number) -> cache.get(new Key(number), POLICY, Reach.ONLY_IF_CACHED, source)
				.onErrorComplete(CacheRefusal.NotCached.class)
				.blockOptional()
				.isPresent())
			.count();
	}

}
