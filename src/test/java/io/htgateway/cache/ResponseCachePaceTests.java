package io.htgateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.HitCount;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResponseCache} with a {@link Pace}.
 */
class ResponseCachePaceTests {

	private static final Duration TTL = Duration.ofMinutes(5);

	private static final CachePolicy POLICY = new CachePolicy(TTL, Duration.ofMinutes(10), Duration.ofHours(24),
			Duration.ofSeconds(10), (failure) -> LoadFailure.FAILED);

	private static final CacheKey KEY = new Key();

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final ControlledSource source = new ControlledSource(clock);

	private final SlowPace pace = new SlowPace();

	private final ResponseCache cache = new ResponseCache(
			new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), 1000, 64, 0), clock, pace,
			SecondLevelCache.NONE, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);

	@Test
	void getWhenStretchedIsFreshAsLongAsThePaceSaid() {
		source.answer("a");
		assertThat(get(POLICY).stored().lifetime()).isEqualTo(TTL.multipliedBy(2));
		clock.advance(TTL.multipliedBy(2).minusMillis(1));

		assertThat(get(POLICY).outcome()).isEqualTo(CacheOutcome.HIT);
	}

	@Test
	void getWhenStaleAndNotDueIsAnsweredWithoutLoad() {
		source.answer("a");
		get(POLICY);
		for (Duration later : List.of(TTL.multipliedBy(2), Duration.ofHours(3), Duration.ofHours(18))) {
			clock.advance(later);

			CacheResult stale = get(POLICY);

			assertThat(stale.outcome()).isEqualTo(CacheOutcome.STALE_WITHOUT_CALL);
			assertThat(stale.failure()).isInstanceOf(CacheRefusal.NotDue.class);
		}
		assertThat(source.loads()).isEqualTo(1);
		assertThat(pace.asked).containsExactly(Duration.ofMinutes(10), Duration.ofMinutes(190),
				Duration.ofMinutes(190 + 18 * 60));
	}

	@Test
	void getWhenStaleAndDueIsLoadedOnceWhileOthersNeitherWaitForItsTurnNorAskForIt() {
		source.answer("a");
		get(POLICY);
		clock.advance(Duration.ofMinutes(11));
		pace.due = true;

		CacheResult first = get(POLICY);
		pace.due = false;
		CacheResult second = get(POLICY);

		assertThat(List.of(first, second)).extracting(CacheResult::outcome)
			.containsOnly(CacheOutcome.STALE_WHILE_REVALIDATE);
		assertThat(pace.asked).hasSize(1);
		source.answerWaiting("b");
		assertThat(text(get(POLICY))).isEqualTo("b");
		assertThat(source.loads()).isEqualTo(2);
	}

	@Test
	void paceIsToldHowManyRequestsWereAnsweredFromTheCacheOrAfterALoad() {
		source.answer("a");
		CacheResult miss = get(POLICY);
		get(POLICY);
		cache.hit(KEY, miss.stored());
		clock.advance(Duration.ofHours(1));

		get(POLICY);

		assertThat(pace.requests).containsExactly(3L);
	}

	@Test
	void getWhenSoonUnusableIsLoadedThoughNotDue() {
		source.answer("a");
		get(POLICY);
		clock.advance(Duration.ofHours(23));
		source.answer("b");

		assertThat(text(get(POLICY))).isEqualTo("b");
		assertThat(pace.asked).isEmpty();
	}

	@Test
	void getWhenPolicyNeverAnswersStaleIsNotPaced() {
		CachePolicy policy = CachePolicy.fresh(TTL, Duration.ofSeconds(10), (failure) -> LoadFailure.FAILED);
		source.answer("a");
		assertThat(get(policy).stored().lifetime()).isEqualTo(TTL);
		clock.advance(TTL);
		source.answer("b");

		assertThat(text(get(policy))).isEqualTo("b");
	}

	@Test
	void longestUseIsThatOfTheLongestLifetimeThatChanceAndPaceAllow() {
		CachePolicy shortStale = new CachePolicy(TTL, Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(10),
				(failure) -> LoadFailure.FAILED);
		CachePolicy neverStale = CachePolicy.fresh(TTL, Duration.ofSeconds(10), (failure) -> LoadFailure.FAILED);
		CachePolicy nothingStored = CachePolicy.fresh(Duration.ZERO, Duration.ofSeconds(10), neverStale.failures());
		ResponseCache chance = new ResponseCache(
				new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), 1000, 64, 0.2), clock, Pace.NONE,
				SecondLevelCache.NONE, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);

		assertThat(cache.longestUse(shortStale)).isEqualTo(Duration.ofMinutes(61));
		assertThat(cache.longestUse(neverStale)).isEqualTo(TTL);
		assertThat(chance.longestUse(neverStale)).isEqualTo(Duration.ofMinutes(6));
		assertThat(chance.longestUse(shortStale)).isEqualTo(Duration.ofMinutes(7));
		assertThat(cache.longestUse(nothingStored)).isZero();
	}

	private CacheResult get(CachePolicy policy) {
		return cache.get(KEY, policy, Reach.LOAD, source).blockOptional(Duration.ofSeconds(20)).orElseThrow();
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

	private static final class SlowPace implements Pace {

		private final List<Duration> asked = new ArrayList<>();

		private final List<Long> requests = new ArrayList<>();

		private boolean due;

		@Override
		public Duration lifetime(CacheKey key, Duration ttl) {
			return ttl.multipliedBy(2);
		}

		@Override
		public Duration longest() {
			return Duration.ofHours(1);
		}

		@Override
		public boolean isDue(CacheKey key, Duration ttl, Duration age, HitCount requests) {
			asked.add(age);
			this.requests.add(requests.requests());
			return due;
		}

		@Override
		public double stretch() {
			return 2;
		}

	}

}
