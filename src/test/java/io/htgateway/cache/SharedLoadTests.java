package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.SecondLevelCache.Lease;
import io.htgateway.cache.store.Subjects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResponseCache} while another replica has the lease of a load.
 */
class SharedLoadTests extends CacheFixture {

	private static final CachePolicy IMPATIENT = CachePolicy.fresh(TTL, Duration.ofMillis(300),
			(failure) -> LoadFailure.FAILED);

	@Test
	void getWhenLeaseIsNeverReleasedFailsAtDeadlineWithoutLoad() {
		StepVerifier.create(cache(new Leased(Integer.MAX_VALUE)).get(KEY, IMPATIENT, Reach.LOAD, source))
			.expectError(TimeoutException.class)
			.verify(Duration.ofSeconds(10));

		assertThat(source.loads()).isZero();
	}

	@Test
	void getWhenLeaseIsReleasedWithoutResponseLoads() {
		Leased shared = new Leased(2);
		source.answer("a");

		StepVerifier.create(cache(shared).get(KEY, IMPATIENT, Reach.LOAD, source))
			.assertNext((result) -> assertThat(text(result)).isEqualTo("a"))
			.expectComplete()
			.verify(Duration.ofSeconds(10));

		assertThat(source.loads()).isOne();
		assertThat(shared.released).hasValue(1);
	}

	@Test
	void getWhenSharedCacheDoesNotAnswerLoadsWithinTheDeadline() {
		source.answer("a");

		StepVerifier.create(cache(new Silent()).get(KEY, IMPATIENT, Reach.LOAD, source))
			.assertNext((result) -> assertThat(text(result)).isEqualTo("a"))
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void sharedRejectionIsRemovedWhenItsKeyIsLoadedOrComesWithAnotherLoad() {
		Leased shared = new Leased(0);
		ResponseCache cache = cache(shared);
		for (CacheKey key : List.of(KEY, new Key(1))) {
			source.fail(new IllegalArgumentException("simulated"));
			StepVerifier.create(cache.get(key, POLICY, Reach.LOAD, source))
				.expectError(IllegalArgumentException.class)
				.verify(Duration.ofSeconds(10));
		}
		clock.advance(Duration.ofMinutes(1));
		source.answer("a");

		cache.get(KEY, POLICY, Reach.LOAD, source).block();
		assertThat(shared.accepted).hasValue(1);
		cache.offer(new Key(1), POLICY, source.response("b", Duration.ZERO), null).block();

		assertThat(shared.accepted).hasValue(2);
	}

	private ResponseCache cache(SecondLevelCache shared) {
		return new ResponseCache(new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), 64, 64, 0), clock,
				Pace.NONE, shared, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);
	}

	/**
	 * Never answers, and grants no lease in time.
	 */
	private static final class Silent implements SecondLevelCache {

		@Override
		public Mono<Entry> find(CacheKey key, @Nullable Instant after) {
			return Mono.never();
		}

		@Override
		public Mono<Void> put(CacheKey key, Entry entry, Duration usableFor) {
			return Mono.never();
		}

		@Override
		public Mono<Lease> lease(CacheKey key, Duration timeout) {
			return Mono.<Lease>never().timeout(timeout, Mono.just(Lease.NONE));
		}

		@Override
		public Mono<Rejection> rejection(CacheKey key) {
			return Mono.never();
		}

		@Override
		public Mono<Void> reject(CacheKey key, Rejection rejection) {
			return Mono.never();
		}

		@Override
		public Mono<Void> accept(CacheKey key) {
			return Mono.never();
		}

		@Override
		public void expire(Subjects subjects) {
		}

		@Override
		public String name() {
			return "test";
		}

	}

	/**
	 * Stores nothing, and grants the lease to other replicas first.
	 */
	private static final class Leased implements SecondLevelCache {

		private final AtomicInteger others;

		private final AtomicInteger released = new AtomicInteger();

		private final AtomicInteger accepted = new AtomicInteger();

		private Leased(int others) {
			this.others = new AtomicInteger(others);
		}

		@Override
		public Mono<Entry> find(CacheKey key, @Nullable Instant after) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> put(CacheKey key, Entry entry, Duration usableFor) {
			return Mono.empty();
		}

		@Override
		public Mono<Lease> lease(CacheKey key, Duration timeout) {
			return Mono
				.defer(() -> (others.getAndDecrement() > 0) ? Mono.empty() : Mono.just(released::incrementAndGet));
		}

		@Override
		public Mono<Rejection> rejection(CacheKey key) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> reject(CacheKey key, Rejection rejection) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> accept(CacheKey key) {
			return Mono.fromRunnable(accepted::incrementAndGet);
		}

		@Override
		public void expire(Subjects subjects) {
		}

		@Override
		public String name() {
			return "test";
		}

	}

}
