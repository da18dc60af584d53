package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoadBackoff}.
 */
class LoadBackoffTests {

	private final LoadBackoff failures = new LoadBackoff();

	@Test
	void recordWhenManyKeysFailKeepsMemoryBounded() {
		for (int number = 0; number < 10_000; number++) {
			failures.record(new Key(number), new IllegalArgumentException(), LoadFailure.REJECTED, Instant.EPOCH);
			failures.record(new Key(number), new IllegalStateException(), LoadFailure.FAILED, Instant.EPOCH);
		}

		assertThat(failures.size()).isLessThanOrEqualTo(3_000);
	}

	@Test
	void rejectionsInARowWaitTwiceAsLongEachTimeUpToAnHour() {
		Instant now = Instant.EPOCH;
		List<Long> waits = new ArrayList<>();
		for (int attempt = 0; attempt < 9; attempt++) {
			failures.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, now);
			Rejection rejection = failures.rejection(new Key(1), now);
			assertThat(rejection).isNotNull();
			waits.add(rejection.retryAfter().toSeconds());
			now = now.plus(rejection.retryAfter());
			assertThat(failures.find(new Key(1), now)).isNull();
		}

		assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
	}

	@Test
	void rejectionLongAfterTheLastOneIsAFirstOne() {
		failures.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, Instant.EPOCH);
		Instant later = Instant.EPOCH.plus(Duration.ofHours(2));

		failures.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, later);

		assertThat(failures.find(new Key(1), later.plusSeconds(29))).isNotNull();
		assertThat(failures.find(new Key(1), later.plusSeconds(30))).isNull();
	}

	@Test
	void keyThatWasLoadedIsNotRejectedAnyMore() {
		failures.record(new Key(1), new IllegalArgumentException(), LoadFailure.REJECTED, Instant.EPOCH);

		assertThat(failures.forget(new Key(1))).isTrue();

		assertThat(failures.find(new Key(1), Instant.EPOCH)).isNull();
		assertThat(failures.forget(new Key(1))).isFalse();
	}

	private record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
