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
 * What a watch is told of loads.
 */
class InFlightLoadsTests {

	private final List<String> told = new ArrayList<>();

	private final InFlightLoads flights = new InFlightLoads(1, 10, (key, context) -> new ToldLoad(key.text()));

	@Test
	void startWhenTooManyLoadsRunTellsThatTheLoadHasFailed() {
		assertThat(flights.start(request("first"), Mono.never())).isNotNull();

		assertThatExceptionOfType(CacheRefusal.Overloaded.class)
			.isThrownBy(() -> flights.start(request("second"), Mono.never()));

		assertThat(told).containsExactly("second REFUSED");
		assertThat(flights.count()).isEqualTo(1);
	}

	@Test
	void startWhenLoadEndsByAnErrorOfTheJvmTellsWhoWaitsAndFreesItsKey() {
		Error error = new StackOverflowError("simulated");

		InFlightLoads.Flight flight = flights.start(request("first"), Mono.defer(() -> {
			throw error;
		}));

		assertThat(Objects.requireNonNull(flight).await().materialize().block())
			.satisfies((signal) -> assertThat(Objects.requireNonNull(signal).getThrowable()).isSameAs(error));
		assertThat(told).containsExactly("first FAILED");
		assertThat(flights.count()).isZero();
		assertThat(flights.start(request("second"), Mono.never())).isNotNull();
	}

	@Test
	void awaitWhenARequestEndsByAnErrorOfTheJvmTellsTheOthers() {
		Sinks.One<InFlightLoads.Arrival> load = Sinks.one();
		InFlightLoads.Flight flight = Objects.requireNonNull(flights.start(request("first"), load.asMono()));
		List<Integer> answered = new ArrayList<>();
		for (int number = 0; number < 3; number++) {
			int waiter = number;
			flight.await().subscribe((arrival) -> {
				if (waiter == 1) {
					throw new StackOverflowError("simulated");
				}
				answered.add(waiter);
			});
		}

		load.tryEmitValue(new InFlightLoads.Arrival(new StoredResponse(
				CachedResponse.of(new byte[1], "text/plain", Origin.of(Instant.EPOCH, Duration.ZERO)), Duration.ZERO,
				Duration.ZERO), LoadOutcome.LOADED))
			.orThrow();

		assertThat(answered).containsExactly(0, 2);
		assertThat(flights.count()).isZero();
	}

	@Test
	void startWhenLoadFailsTellsItsKindOnce() {
		flights.start(request("first"), Mono.error(new IllegalStateException("down")));

		assertThat(told).containsExactly("first FAILED");
		assertThat(flights.count()).isZero();
	}

	private static CacheQuery request(String key) {
		return new CacheQuery(() -> key,
				CachePolicy.fresh(Duration.ZERO, Duration.ofSeconds(1), (failure) -> LoadFailure.FAILED),
				(previous) -> Mono.never(), null, Context.empty());
	}

	/**
	 * Writes down what it is told.
	 */
	private final class ToldLoad implements LoadObservation {

		private final String key;

		private ToldLoad(String key) {
			this.key = key;
		}

		@Override
		public void awaitedBy(ContextView context) {
			told.add(key + " awaited");
		}

		@Override
		public void succeeded(LoadOutcome outcome) {
			told.add(key + ' ' + outcome);
		}

		@Override
		public void failed(LoadFailure kind, Throwable failure) {
			told.add(key + ' ' + kind);
		}

	}

}
