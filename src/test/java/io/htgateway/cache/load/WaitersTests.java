package io.htgateway.cache.load;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.cache.load.InFlightLoads.InFlightLoad;
import io.htgateway.cache.load.InFlightLoads.LoadResult;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.StoredResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link InFlightLoads}: requests that no longer wait hold no memory.
 */
class WaitersTests {

	private static final CacheKey KEY = new Key();

	private static final CacheQuery QUERY = new CacheQuery(KEY,
			CachePolicy.fresh(Duration.ZERO, Duration.ofSeconds(1), (failure) -> LoadFailure.FAILED),
			(previous) -> Mono.never(), null, Context.empty());

	private final Sinks.One<LoadResult> load = Sinks.one();

	@Test
	void awaitWhenTooManyWaitHoldsNothingOfTheRefused() {
		InFlightLoad running = start(1);
		CompletableFuture<LoadResult> waiting = new CompletableFuture<>();
		running.await().subscribe(waiting::complete);

		List<WeakReference<Waiter>> refused = IntStream.range(0, 1_000).mapToObj((number) -> {
			Waiter waiter = new Waiter();
			waiter.waitFor(running);
			assertThat(waiter.result).isCompletedExceptionally();
			return new WeakReference<>(waiter);
		}).toList();

		awaitCollected(refused);
		assertThat(load.tryEmitValue(loaded())).isEqualTo(Sinks.EmitResult.OK);
		assertThat(waiting).isCompleted();
	}

	@Test
	void awaitWhenWaitersLeaveHoldsNothingOfThem() {
		InFlightLoad running = start(1);

		List<WeakReference<Waiter>> left = IntStream.range(0, 1_000).mapToObj((number) -> {
			Waiter waiter = new Waiter();
			waiter.waitFor(running).dispose();
			assertThat(waiter.result).isNotDone();
			return new WeakReference<>(waiter);
		}).toList();

		awaitCollected(left);
		assertThat(load.tryEmitValue(loaded())).isEqualTo(Sinks.EmitResult.OK);
		assertThat(running.await().blockOptional(Duration.ofSeconds(20))).isPresent();
	}

	private InFlightLoad start(int maxWaiters) {
		InFlightLoad running = new InFlightLoads(1, maxWaiters, LoadObserver.NONE).start(QUERY, load.asMono());
		if (running == null) {
			throw new AssertionError("a load is in flight");
		}
		return running;
	}

	private static LoadResult loaded() {
		CachedResponse response = CachedResponse.of(new byte[0], "x/y", Origin.of(Instant.EPOCH, Duration.ZERO));
		return new LoadResult(new StoredResponse(response, Duration.ZERO, Duration.ZERO), LoadOutcome.LOADED);
	}

	private static void awaitCollected(List<WeakReference<Waiter>> waiters) {
		Awaitility.await().until(() -> {
			System.gc();
			return waiters.stream().allMatch((waiter) -> waiter.refersTo(null));
		});
	}

	private static final class Waiter {

		private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

		Disposable waitFor(InFlightLoad running) {
			return running.await().subscribe(result::complete, (failure) -> fail(failure));
		}

		private void fail(Throwable failure) {
			result.completeExceptionally(failure);
		}

	}

	private record Key() implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
