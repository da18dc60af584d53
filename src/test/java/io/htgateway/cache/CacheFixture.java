package io.htgateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.load.SourceUpdates;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.testing.MutableClock;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * A cache whose source and clock are controlled by tests.
 */
abstract class CacheFixture {

	static final Duration TTL = Duration.ofMinutes(5);

	static final Duration PAST_REVALIDATION_WINDOW = Duration.ofMinutes(16);

	static final CachePolicy POLICY = new CachePolicy(TTL, Duration.ofMinutes(10), Duration.ofHours(24),
			Duration.ofSeconds(10),
			(failure) -> (failure instanceof IllegalArgumentException) ? LoadFailure.REJECTED : LoadFailure.FAILED);

	static final CacheKey KEY = new Key(0);

	final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	final ControlledSource source = new ControlledSource(clock);

	final ResponseCache cache = cache(1000, 64);

	CacheResult get() {
		return request().blockOptional(Duration.ofSeconds(20)).orElseThrow();
	}

	static CompletableFuture<CacheResult> start(Mono<CacheResult> request) {
		CompletableFuture<CacheResult> result = new CompletableFuture<>();
		request.subscribe(result::complete, result::completeExceptionally);
		return result;
	}

	Mono<CacheResult> request() {
		return cache.get(KEY, POLICY, Reach.LOAD, source);
	}

	ResponseCache cache(int maxWaiters, int maxLoads) {
		return new ResponseCache(
				new CacheProperties(DataSize.ofMegabytes(1), Duration.ofSeconds(1), maxWaiters, maxLoads, 0), clock,
				Pace.NONE, SecondLevelCache.NONE, LoadObserver.NONE, LoadFault.Reader.NONE, SourceUpdates.NONE);
	}

	static String text(CacheResult result) {
		return new String(result.response().identity().bytes(), StandardCharsets.UTF_8);
	}

	static CacheOutcome outcome(CompletableFuture<CacheResult> result) {
		return result.join().outcome();
	}

	record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
