package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ResponseCache} with a source that refuses loads for every key.
 */
class RefusedLoadTests {

	private record Key() implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final ControlledSource source = new ControlledSource(clock);

	private final ResponseCache cache = new ResponseCache(
			new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), 10, 10, 0), clock, Pace.NONE,
			SecondLevelCache.NONE, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);

	private final RuntimeException refusal = new IllegalStateException("refused");

	private LoadFailure kind = LoadFailure.REFUSED;

	@BeforeEach
	void somethingIsStored() {
		source.answer("a");
		get();
	}

	@ParameterizedTest
	@ValueSource(ints = { 6, 60 })
	void getWhenStaleAndLoadIsRefusedIsStaleWithoutCall(int minutes) {
		clock.advance(Duration.ofMinutes(minutes));
		for (int request = 0; request < 10; request++) {
			source.fail(refusal);

			CacheResult result = get();

			assertThat(result.outcome()).isEqualTo(CacheOutcome.STALE_WITHOUT_CALL);
			assertThat(result.failure()).isSameAs(refusal);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "UNAVAILABLE" })
	void getWhenSourceRefusedEveryKeyIsLoadedAgainAtOnce(LoadFailure refused) {
		kind = refused;
		clock.advance(Duration.ofDays(2));
		for (int request = 0; request < 10; request++) {
			source.fail(refusal);
			assertThatThrownBy(this::get).isSameAs(refusal);
		}
		source.answer("b");

		assertThat(get().outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(source.loads()).isEqualTo(12);
	}

	@Test
	void getWhenLongStaleAndSourceIsUnavailableAfterACallIsStaleAfterError() {
		kind = LoadFailure.UNAVAILABLE;
		clock.advance(Duration.ofMinutes(60));
		source.fail(refusal);

		assertThat(get().outcome()).isEqualTo(CacheOutcome.STALE_IF_ERROR);
	}

	@ParameterizedTest
	@EnumSource(names = { "REJECTED", "FAILED" })
	void getWhenLoadFailedForItsOwnReasonIsNotLoadedAgainAtOnce(LoadFailure own) {
		kind = own;
		clock.advance(Duration.ofDays(2));
		source.fail(refusal);
		assertThatThrownBy(this::get).isSameAs(refusal);
		source.answer("b");

		assertThatThrownBy(this::get).isInstanceOfSatisfying(CacheRefusal.Backoff.class,
				(backoff) -> assertThat(backoff.failure()).isSameAs(refusal));
		assertThat(source.loads()).isEqualTo(2);
	}

	@Test
	void getWhenWaitingForALoadThatIsRefusedToItsStarterStartsAnother() {
		kind = LoadFailure.REFUSED_TO_CLIENT;
		clock.advance(Duration.ofDays(2));
		CompletableFuture<@Nullable CacheResult> starter = request().toFuture();
		CompletableFuture<@Nullable CacheResult> waiter = request().toFuture();
		source.answer("b");

		source.failWaiting(refusal);

		assertThat(starter).completesExceptionallyWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isSameAs(refusal);
		assertThat(Objects.requireNonNull(waiter.join()).outcome()).isEqualTo(CacheOutcome.MISS);
		assertThat(source.loads()).isEqualTo(3);
	}

	@Test
	void getWhenLoadIsRefusedToAllWaitersRefusesEachOnce() {
		kind = LoadFailure.REFUSED_TO_CLIENT;
		clock.advance(Duration.ofDays(2));
		List<CompletableFuture<@Nullable CacheResult>> requests = new ArrayList<>();
		for (int request = 0; request < 5; request++) {
			requests.add(request().toFuture());
		}

		for (int load = 0; load < 5; load++) {
			source.failWaiting(refusal);
		}

		assertThat(requests).allSatisfy((refused) -> assertThat(refused).isCompletedExceptionally());
		assertThat(source.loads()).isEqualTo(6);
	}

	@Test
	void loadHasTheContextOfTheRequestThatStartedIt() {
		clock.advance(Duration.ofDays(2));
		List<String> seen = new ArrayList<>();
		Loader recording = (previous) -> Mono.deferContextual((context) -> {
			seen.add(context.get("who"));
			return Mono.just(Loader.Loaded.fetched(source.response("b", Duration.ZERO)));
		});

		cache.get(new Key(), policy(), Reach.LOAD, recording)
			.contextWrite((context) -> context.put("who", "me"))
			.block();

		assertThat(seen).containsExactly("me");
	}

	private CacheResult get() {
		return request().blockOptional().orElseThrow();
	}

	private Mono<CacheResult> request() {
		return cache.get(new Key(), policy(), Reach.LOAD, source);
	}

	private CachePolicy policy() {
		return new CachePolicy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofHours(24),
				Duration.ofSeconds(10), (failure) -> kind);
	}

}
