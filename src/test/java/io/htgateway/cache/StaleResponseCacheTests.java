package io.htgateway.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.cache.load.Loader;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ResponseCache}: stale responses, failed loads and revalidation.
 */
class StaleResponseCacheTests extends CacheFixture {

	@Test
	void getWhenJustStaleIsAnsweredAtOnceWhileOneLoadRuns() {
		source.answer("a");
		get();
		clock.advance(TTL);

		List<CacheResult> stale = IntStream.range(0, 200).mapToObj((number) -> get()).toList();

		assertThat(stale).allSatisfy((result) -> {
			assertThat(text(result)).isEqualTo("a");
			assertThat(result.outcome()).isEqualTo(CacheOutcome.STALE_WHILE_REVALIDATE);
			assertThat(result.ttl()).isZero();
		});
		assertThat(source.loads()).isEqualTo(2);
		source.answerWaiting("b");
		assertThat(text(get())).isEqualTo("b");
		assertThat(get().outcome()).isEqualTo(CacheOutcome.HIT);
	}

	@Test
	void getWhenLongStaleWaitsForLoad() {
		source.answer("a");
		get();
		clock.advance(PAST_REVALIDATION_WINDOW);
		source.answer("b");

		assertThat(text(get())).isEqualTo("b");
	}

	@Test
	void getWhenLongStaleAndLoadIsSlowIsAnsweredStaleAtSoftDeadlineWhileLoadGoesOn() {
		source.answer("a");
		get();
		clock.advance(PAST_REVALIDATION_WINDOW);

		StepVerifier.withVirtualTime(this::request)
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(999))
			.thenAwait(Duration.ofMillis(1))
			.assertNext((result) -> assertThat(result.outcome()).isEqualTo(CacheOutcome.STALE_IF_ERROR))
			.verifyComplete();

		source.answerWaiting("b");
		assertThat(text(get())).isEqualTo("b");
		assertThat(source.loads()).isEqualTo(2);
	}

	@Test
	void getWhenLoadFailsIsAnsweredStaleUntilSecondWindowEnds() {
		source.answer("a");
		get();
		clock.advance(Duration.ofHours(24));
		source.fail(new IllegalStateException("down"));

		CacheResult stale = get();

		assertThat(text(stale)).isEqualTo("a");
		assertThat(stale.outcome()).isEqualTo(CacheOutcome.STALE_IF_ERROR);
		assertThat(stale.failure()).hasMessage("down");
		clock.advance(TTL);
		source.fail(new IllegalStateException("still down"));
		assertThatThrownBy(this::get).hasMessage("still down");
	}

	@Test
	void getWhenLoadKeepsFailingIsNotTriedMoreOftenThanBackoffAllows() {
		source.answer("a");
		get();
		clock.advance(PAST_REVALIDATION_WINDOW);

		for (int tick = 0; tick < 6_000; tick++) {
			source.fail(new IllegalStateException("down"));
			assertThat(text(get())).isEqualTo("a");
			clock.advance(Duration.ofMillis(10));
		}

		assertThat(source.loads() - 1).isBetween(5, 6);
	}

	@Test
	void getWhenColdLoadFailsAllWaitersGetItAndNextTryIsAfterBackoff() {
		CompletableFuture<CacheResult> first = start(request());
		CompletableFuture<CacheResult> second = start(request());
		source.failWaiting(new IllegalStateException("down"));
		source.answer("a");

		assertThatThrownBy(first::join).hasRootCauseMessage("down");
		assertThatThrownBy(second::join).hasRootCauseMessage("down");
		assertThatThrownBy(this::get).isInstanceOfSatisfying(CacheRefusal.Backoff.class, (backoff) -> {
			assertThat(backoff.failure()).hasMessage("down");
			assertThat(backoff.retryAfter()).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_200));
		});
		assertThat(source.loads()).isEqualTo(1);
		clock.advance(Duration.ofMillis(1_200));
		assertThat(text(get())).isEqualTo("a");
	}

	@Test
	void getWhenNotFoundIsRememberedForHalfAMinute() {
		source.fail(new IllegalArgumentException("no such coin"));
		assertThatThrownBy(this::get).hasMessage("no such coin");
		clock.advance(Duration.ofSeconds(29));
		assertThatThrownBy(this::get).isInstanceOfSatisfying(CacheRefusal.Backoff.class, (backoff) -> {
			assertThat(backoff.failure()).hasMessage("no such coin");
			assertThat(backoff.retryAfter()).isEqualTo(Duration.ofSeconds(1));
		});
		assertThat(source.loads()).isEqualTo(1);

		clock.advance(Duration.ofSeconds(1));
		source.answer("a");

		assertThat(text(get())).isEqualTo("a");
	}

	@Test
	void getWhenNotFoundButStoredIsAnsweredStale() {
		source.answer("a");
		get();
		clock.advance(PAST_REVALIDATION_WINDOW);
		source.fail(new IllegalArgumentException("no such coin"));

		assertThat(text(get())).isEqualTo("a");
	}

	@Test
	void getWhenPreviousIsConfirmedIsRevalidated() {
		source.answer("a");
		CachedResponse previous = get().response();
		clock.advance(PAST_REVALIDATION_WINDOW);
		source.answer(new Loader.Loaded(previous.confirmed(Origin.of(clock.instant(), Duration.ZERO)), true));

		CacheResult result = get();

		assertThat(result.outcome()).isEqualTo(CacheOutcome.REVALIDATED);
		assertThat(result.age()).isZero();
		assertThat(text(result)).isEqualTo("a");
	}

}
