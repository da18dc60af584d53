package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoadBackoff}.
 */
class LoadBackoffTests {

	private final LoadBackoff backoff = new LoadBackoff();

	@Test
	void recordWhenManyKeysFailKeepsMemoryBounded() {
		for (int number = 0; number < 10_000; number++) {
			backoff.record(new Key(number), new IllegalArgumentException(), LoadFailure.REJECTED, Instant.EPOCH);
			backoff.record(new Key(number), new IllegalStateException(), LoadFailure.FAILED, Instant.EPOCH);
		}

		assertThat(backoff.size()).isLessThanOrEqualTo(3_000);
	}

	@Test
	void consecutiveRejectionsWaitTwiceAsLongEachTimeUpToAnHour() {
		Instant now = Instant.EPOCH;
		List<Long> waits = new ArrayList<>();
		for (int attempt = 0; attempt < 9; attempt++) {
			backoff.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, now);
			Rejection rejection = Objects.requireNonNull(backoff.rejection(new Key(1), now));
			waits.add(rejection.retryAfter().toSeconds());
			now = now.plus(rejection.retryAfter());
			assertThat(backoff.find(new Key(1), now)).isNull();
		}

		assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
	}

	@Test
	void rejectionLongAfterTheLastOneIsAFirstOne() {
		backoff.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, Instant.EPOCH);
		Instant later = Instant.EPOCH.plus(Duration.ofHours(2));

		backoff.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, later);

		assertThat(backoff.find(new Key(1), later.plusSeconds(29))).isNotNull();
		assertThat(backoff.find(new Key(1), later.plusSeconds(30))).isNull();
	}

	@Test
	void keyThatWasLoadedIsNoLongerRejected() {
		backoff.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, Instant.EPOCH);

		assertThat(backoff.forget(new Key(1))).isTrue();

		assertThat(backoff.find(new Key(1), Instant.EPOCH)).isNull();
		assertThat(backoff.forget(new Key(1))).isFalse();
	}

	private record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
