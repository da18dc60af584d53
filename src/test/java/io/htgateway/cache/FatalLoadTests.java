package io.htgateway.cache;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.LeasedLoads;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of loads that end with an error which Reactor does not pass on, such as too
 * little memory.
 */
class FatalLoadTests extends CacheFixture {

	private static final CachePolicy IMPATIENT = CachePolicy.fresh(TTL, Duration.ofMillis(300),
			(failure) -> LoadFailure.FAILED);

	@Test
	void getWhenStoringEndsFatallyFailsAtDeadlineAndKeyIsLoadedAgain() {
		AtomicBoolean fatal = new AtomicBoolean();
		CacheKey key = new FatalKey(fatal);
		Loader loader = (previous) -> Mono.just(Loader.Loaded.fetched(source.response("a", Duration.ZERO)))
			.delayElement(Duration.ofMillis(1), Schedulers.single())
			.doOnNext((loaded) -> fatal.set(true));

		StepVerifier.create(cache.get(key, IMPATIENT, Reach.LOAD, loader))
			.expectError(TimeoutException.class)
			.verify(Duration.ofSeconds(10));

		clock.advance(Duration.ofSeconds(2));
		source.answer("b");
		StepVerifier.create(cache.get(key, IMPATIENT, Reach.LOAD, source))
			.assertNext((result) -> assertThat(text(result)).isEqualTo("b"))
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	private record FatalKey(AtomicBoolean fatal) implements CacheKey {

		@Override
		public String text() {
			return "fatal";
		}

		@Override
		public int hashCode() {
			if (fatal.compareAndSet(true, false)) {
				throw new OutOfMemoryError("simulated");
			}
			return 1;
		}

	}

}
