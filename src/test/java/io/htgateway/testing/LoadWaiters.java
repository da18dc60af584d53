package io.htgateway.testing;

import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheKey;
import org.awaitility.Awaitility;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts the requests that ask for a load which another request has started. What was
 * counted is answered by that load, or refused at once.
 */
public final class LoadWaiters implements LoadObserver {

	private final AtomicInteger count = new AtomicInteger();

	private final LoadObservation load = new CountedLoad(count);

	@Override
	public LoadObservation start(CacheKey key, ContextView context) {
		return load;
	}

	public int count() {
		return count.get();
	}

	/**
	 * Waits until as many requests have asked as the given number more than the given
	 * count.
	 */
	public void await(int requests, int before) {
		Awaitility.await().untilAsserted(() -> assertThat(count() - before).as("waiting requests").isEqualTo(requests));
	}

	private record CountedLoad(AtomicInteger count) implements LoadObservation {

		@Override
		public void awaitedBy(ContextView context) {
			count.incrementAndGet();
		}

		@Override
		public void succeeded(LoadOutcome outcome) {
			// Not counted.
		}

		@Override
		public void failed(LoadFailure kind, Throwable failure) {
			// Not counted.
		}

	}

}
