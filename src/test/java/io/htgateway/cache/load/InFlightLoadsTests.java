package io.htgateway.cache.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver.LoadObservation;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.StoredResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link InFlightLoads} and of what its observers see.
 */
class InFlightLoadsTests {

	private final List<String> events = new ArrayList<>();

	private final InFlightLoads inFlight = new InFlightLoads(1, 10, (key, context) -> new RecordedLoad(key.text()));

	@Test
	void startWhenTooManyLoadsRunReportsThatTheLoadHasFailed() {
		assertThat(inFlight.start(query("first"), Mono.never())).isNotNull();

		assertThatExceptionOfType(CacheRefusal.Overloaded.class)
			.isThrownBy(() -> inFlight.start(query("second"), Mono.never()));

		assertThat(events).containsExactly("second REFUSED");
		assertThat(inFlight.count()).isEqualTo(1);
	}

	@Test
	void startWhenLoadEndsByAnErrorOfTheJvmFailsWaitersAndFreesItsKey() {
		Error error = new StackOverflowError("simulated");

		InFlightLoads.InFlightLoad running = inFlight.start(query("first"), Mono.defer(() -> {
			throw error;
		}));

		assertThat(Objects.requireNonNull(running).await().materialize().block())
			.satisfies((signal) -> assertThat(Objects.requireNonNull(signal).getThrowable()).isSameAs(error));
		assertThat(events).containsExactly("first FAILED");
		assertThat(inFlight.count()).isZero();
		assertThat(inFlight.start(query("second"), Mono.never())).isNotNull();
	}

	@Test
	void awaitWhenARequestEndsByAnErrorOfTheJvmAnswersTheOthers() {
		Sinks.One<InFlightLoads.LoadResult> load = Sinks.one();
		InFlightLoads.InFlightLoad running = Objects.requireNonNull(inFlight.start(query("first"), load.asMono()));
		List<Integer> answered = new ArrayList<>();
		for (int number = 0; number < 3; number++) {
			int waiter = number;
			running.await().subscribe((result) -> {
				if (waiter == 1) {
					throw new StackOverflowError("simulated");
				}
				answered.add(waiter);
			});
		}

		load.tryEmitValue(new InFlightLoads.LoadResult(new StoredResponse(
				CachedResponse.of(new byte[1], "text/plain", Origin.of(Instant.EPOCH, Duration.ZERO)), Duration.ZERO,
				Duration.ZERO), LoadOutcome.LOADED))
			.orThrow();

		assertThat(answered).containsExactly(0, 2);
		assertThat(inFlight.count()).isZero();
	}

	@Test
	void startWhenLoadFailsReportsItsKindOnce() {
		inFlight.start(query("first"), Mono.error(new IllegalStateException("down")));

		assertThat(events).containsExactly("first FAILED");
		assertThat(inFlight.count()).isZero();
	}

	private static CacheQuery query(String key) {
		return new CacheQuery(() -> key,
				CachePolicy.fresh(Duration.ZERO, Duration.ofSeconds(1), (failure) -> LoadFailure.FAILED),
				(previous) -> Mono.never(), null, Context.empty());
	}

	/**
	 * Records the events of a load.
	 */
	private final class RecordedLoad implements LoadObservation {

		private final String key;

		private RecordedLoad(String key) {
			this.key = key;
		}

		@Override
		public void awaitedBy(ContextView context) {
			events.add(key + " awaited");
		}

		@Override
		public void succeeded(LoadOutcome outcome) {
			events.add(key + ' ' + outcome);
		}

		@Override
		public void failed(LoadFailure kind, Throwable failure) {
			events.add(key + ' ' + kind);
		}

	}

}
