package io.htgateway.pacing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.Subject;
import org.jspecify.annotations.Nullable;

/**
 * A cohort or a heatmap of a simulated month. Its body is the number of a state.
 */
final class SimulatedKey {

	private final Name name;

	@Nullable CacheResult last;

	SimulatedKey(int number) {
		this.name = new Name(number);
	}

	CacheKey name() {
		return name;
	}

	/**
	 * Returns the response of the given state. Heatmaps have the date of their state.
	 */
	CachedResponse response(int state, Instant published, Instant now) {
		byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(state).array();
		Instant lastModified = name.isCohort() ? null : published;
		return CachedResponse.of(body, "x/y", new Origin(now, Duration.ZERO, null, lastModified));
	}

	/**
	 * Returns the state of the given response.
	 */
	static int state(CachedResponse response) {
		return response.identity().body().getInt();
	}

	private record Name(int number) implements CacheKey {

		boolean isCohort() {
			return number < SimulatedMonth.COHORTS;
		}

		@Override
		public String text() {
			return toString();
		}

		@Override
		public Subject subject() {
			return new Subject(isCohort() ? "risk" : "heatmap", Map.of());
		}

	}

}
