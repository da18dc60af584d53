package io.htgateway.cache.load;

import java.time.Instant;

import io.htgateway.cache.store.CacheKey;
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
			backoff.record(new Key(number), new IllegalArgumentException(), true, Instant.EPOCH);
			backoff.record(new Key(number), new IllegalStateException(), false, Instant.EPOCH);
		}

		assertThat(backoff.size()).isLessThanOrEqualTo(3_000);
	}

	private record Key(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
