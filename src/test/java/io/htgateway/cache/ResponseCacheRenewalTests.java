package io.htgateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ResponseCache#renew}.
 */
class ResponseCacheRenewalTests {

	private static final CachePolicy POLICY = CachePolicy.fresh(Duration.ofMinutes(5), Duration.ofSeconds(10),
			(failure) -> LoadFailure.FAILED);

	private static final CacheKey KEY = new Key();

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final ControlledSource source = new ControlledSource(clock);

	private final ResponseCache cache = new ResponseCache(
			new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), 1000, 64, 0), clock, Pace.NONE,
			SecondLevelCache.NONE, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);

	private StoredResponse old;

	@BeforeEach
	void oldIsStored() {
		source.answer("old");
		old = get().stored();
	}

	@Test
	void renewWhenStoredIsFreshLoadsNeverthelessAndStores() {
		source.answer("new");

		CacheResult result = join(renewal());

		assertThat(text(result)).isEqualTo("new");
		assertThat(result.outcome()).isEqualTo(CacheOutcome.REPLACED);
		assertThat(text(get())).isEqualTo("new");
		assertThat(source.loads()).isEqualTo(2);
	}

	@Test
	void renewWhileLoadRunsLeavesOldOneWhereItIs() {
		CompletableFuture<CacheResult> renewal = start(renewal());

		assertThat(get().stored()).isSameAs(old);
		source.answerWaiting("new");

		assertThat(text(renewal.join())).isEqualTo("new");
		assertThat(get().stored()).isSameAs(renewal.join().stored());
	}

	@Test
	void renewWhenLoadFailsKeepsOldOneAndIsNotTriedBeforeBackoff() {
		source.fail(new IllegalStateException("down"));
		assertThatThrownBy(() -> join(renewal())).hasMessage("down");
		source.answer("new");

		assertThatThrownBy(() -> join(renewal())).isInstanceOfSatisfying(CacheRefusal.Backoff.class,
				(backoff) -> assertThat(backoff.failure()).hasMessage("down"));
		assertThat(get().stored()).isSameAs(old);
		assertThat(source.loads()).isEqualTo(2);

		clock.advance(Duration.ofMillis(1_200));
		assertThat(text(join(renewal()))).isEqualTo("new");
	}

	@Test
	void renewWhenAnotherHasReplacedItIsHit() {
		source.answer("new");
		join(renewal());

		CacheResult second = join(renewal());

		assertThat(text(second)).isEqualTo("new");
		assertThat(second.outcome()).isEqualTo(CacheOutcome.HIT);
		assertThat(source.loads()).isEqualTo(2);
	}

	@RepeatedTest(50)
	void renewWhenManyAskLoadsOnce() {
		List<CompletableFuture<CacheResult>> renewals = IntStream.range(0, 200)
			.parallel()
			.mapToObj((number) -> start(renewal()))
			.toList();

		source.answerWaiting("new");

		assertThat(renewals).allSatisfy((renewal) -> assertThat(text(renewal.join())).isEqualTo("new"));
		assertThat(source.loads()).isEqualTo(2);
	}

	private CacheResult get() {
		return join(cache.get(KEY, POLICY, Reach.LOAD, source));
	}

	private Mono<CacheResult> renewal() {
		return cache.renew(KEY, POLICY, old, source);
	}

	private static CompletableFuture<CacheResult> start(Mono<CacheResult> request) {
		CompletableFuture<CacheResult> result = new CompletableFuture<>();
		request.subscribe(result::complete, result::completeExceptionally);
		return result;
	}

	private static CacheResult join(Mono<CacheResult> result) {
		return result.blockOptional(Duration.ofSeconds(20)).orElseThrow();
	}

	private static String text(CacheResult result) {
		return new String(result.response().identity().bytes(), StandardCharsets.UTF_8);
	}

	private record Key() implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
