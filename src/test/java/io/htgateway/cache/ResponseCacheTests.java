package io.htgateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResponseCacheTests {

	private static final Key KEY = new Key(1);

	private static final CachePolicy MINUTE = new CachePolicy(Duration.ofMinutes(1), Duration.ofSeconds(30));

	private static final CachePolicy NOT_STORED = new CachePolicy(Duration.ZERO, Duration.ofSeconds(30));

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final ResponseCache cache = new ResponseCache(new CacheProperties(DataSize.ofMegabytes(1)), clock);

	private final AtomicInteger loads = new AtomicInteger();

	private final TestPublisher<CachedResponse> source = TestPublisher.create();

	@Test
	void getWhenFirstCallerCancelsGoesOnForTheOthers() {
		Disposable first = get(MINUTE).subscribe();
		CompletableFuture<@Nullable CacheResult> second = get(MINUTE).toFuture();

		first.dispose();
		source.assertNotCancelled();
		finish("paid");

		assertThat(second.join()).isEqualTo(new CacheResult.Collapsed(response("paid"), MINUTE.ttl()));
		assertThat(get(MINUTE).block()).isInstanceOf(CacheResult.Hit.class);
		assertThat(loads).hasValue(1);
	}

	@Test
	void getWhenAllCallersCancelStoresWhatWasLoaded() {
		List<Disposable> callers = IntStream.range(0, 10).mapToObj((number) -> get(MINUTE).subscribe()).toList();

		callers.forEach(Disposable::dispose);
		source.assertNotCancelled();
		finish("paid");

		assertThat(get(MINUTE).block()).isEqualTo(new CacheResult.Hit(response("paid"), Duration.ZERO, MINUTE.ttl()));
		assertThat(loads).hasValue(1);
	}

	@Test
	void getWhenLoadFailsTellsAllWhoWaitAndStoresNothing() {
		List<CompletableFuture<@Nullable CacheResult>> waiting = IntStream.range(0, 10)
			.mapToObj((number) -> get(MINUTE))
			.<CompletableFuture<@Nullable CacheResult>>map(Mono::toFuture)
			.toList();
		IllegalStateException failure = new IllegalStateException("down");

		source.error(failure);

		assertThat(waiting).allSatisfy((caller) -> assertThatThrownBy(caller::join).hasRootCause(failure));
		assertThat(loads).hasValue(1);
		assertThat(loadedAnew(KEY, MINUTE)).isTrue();
	}

	@Test
	void getWhenTtlIsZeroSharesALoadButStoresNothing() {
		CompletableFuture<@Nullable CacheResult> first = get(NOT_STORED).toFuture();
		CompletableFuture<@Nullable CacheResult> second = get(NOT_STORED).toFuture();

		finish("shared");

		assertThat(List.of(first.join(), second.join())).containsOnly(new CacheResult.Bypass(response("shared")));
		assertThat(loads).hasValue(1);
		assertThat(loadedAnew(KEY, NOT_STORED)).isTrue();
	}

	@Test
	void getWhenLoadDoesNotEndGivesUpAtDeadlineAndLoadsAgain() {
		CachePolicy policy = new CachePolicy(Duration.ofMinutes(1), Duration.ofMillis(20));
		CompletableFuture<@Nullable CacheResult> waiting = get(policy).toFuture();

		assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(TimeoutException.class);
		source.assertCancelled();
		assertThat(loadedAnew(KEY, policy)).isTrue();
	}

	@Test
	void getWhenLoadIsEmptyOrThrowsFailsAndLoadsAgain() {
		assertThatThrownBy(() -> cache.get(KEY, MINUTE, Mono.empty()).block()).hasMessage("a load must not end empty");
		assertThatThrownBy(() -> cache.get(KEY, MINUTE, Mono.defer(() -> {
			throw new IllegalStateException("at once");
		})).block()).hasMessage("at once");
		assertThat(loadedAnew(KEY, MINUTE)).isTrue();
	}

	@Test
	void getWhenClockMovesAgesUntilTtlIsOver() {
		cache.get(KEY, MINUTE, Mono.just(response("kept"))).block();

		clock.advance(Duration.ofSeconds(59));
		assertThat(get(MINUTE).block()).isInstanceOfSatisfying(CacheResult.Hit.class,
				(hit) -> assertThat(hit.age()).hasSeconds(59));
		clock.advance(Duration.ofSeconds(1));
		assertThat(loadedAnew(KEY, MINUTE)).isTrue();
	}

	@Test
	void getWhenClockJumpsBackIsNeverYoungerThanNew() {
		cache.get(KEY, MINUTE, Mono.just(response("kept"))).block();

		clock.advance(Duration.ofHours(-1));

		assertThat(get(MINUTE).block()).isInstanceOfSatisfying(CacheResult.Hit.class,
				(hit) -> assertThat(hit.age()).isZero());
	}

	@Test
	void getWhenMoreIsLoadedThanFitsKeepsWithinItsWeight() {
		byte[] quarter = new byte[256 * 1024];
		for (int number = 0; number < 32; number++) {
			cache.get(new Key(number), MINUTE, Mono.just(CachedResponse.of(quarter, "x/y", clock.instant()))).block();
		}

		// With the overhead of an entry, three quarters of the bound fit and not four.
		Awaitility.await().until(() -> kept(32) <= 3);
		assertThat(kept(32)).isPositive();
	}

	@Test
	void getWhenResponseIsLargerThanCacheIsAnsweredAndNotKept() {
		byte[] large = new byte[2 * 1024 * 1024];

		CacheResult result = cache.get(KEY, MINUTE, Mono.just(CachedResponse.of(large, "x/y", clock.instant())))
			.block();

		assertThat(result).isInstanceOfSatisfying(CacheResult.Miss.class,
				(miss) -> assertThat(miss.response().length()).isEqualTo(large.length));
		Awaitility.await().until(() -> loadedAnew(KEY, MINUTE));
	}

	private Mono<CacheResult> get(CachePolicy policy) {
		return cache.get(KEY, policy, Mono.defer(() -> {
			loads.incrementAndGet();
			return source.mono();
		}));
	}

	private void finish(String text) {
		source.emit(response(text));
	}

	private long kept(int keys) {
		return IntStream.range(0, keys).filter((number) -> !loadedAnew(new Key(number), MINUTE)).count();
	}

	// Asks with a load that fails, so that asking leaves no trace.
	private boolean loadedAnew(Key key, CachePolicy policy) {
		AtomicInteger subscriptions = new AtomicInteger();
		cache.get(key, policy, Mono.defer(() -> {
			subscriptions.incrementAndGet();
			return Mono.error(new IllegalStateException("not kept"));
		})).onErrorComplete().block();
		return subscriptions.get() == 1;
	}

	private CachedResponse response(String text) {
		return CachedResponse.of(text.getBytes(StandardCharsets.UTF_8), "text/plain", clock.instant());
	}

	private record Key(int number) implements CacheKey {
	}

}
