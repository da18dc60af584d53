package io.htgateway.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.cache.LoadWatch.WatchedLoad;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a watch is told of loads.
 */
class FlightsTests {

	private final List<String> told = new ArrayList<>();

	private final Flights flights = new Flights(1, 10, (key, context) -> new ToldLoad(key.text()));

	@Test
	void startWhenTooManyLoadsRunTellsThatTheLoadHasFailed() {
		assertThat(flights.start(request("first"), Mono.never())).isNotNull();

		assertThatExceptionOfType(CacheRefusal.Overloaded.class)
			.isThrownBy(() -> flights.start(request("second"), Mono.never()));

		assertThat(told).containsExactly("second REFUSED");
		assertThat(flights.count()).isEqualTo(1);
	}

	@Test
	void startWhenLoadFailsTellsItsKindOnce() {
		flights.start(request("first"), Mono.error(new IllegalStateException("down")));

		assertThat(told).containsExactly("first FAILED");
		assertThat(flights.count()).isZero();
	}

	private static Request request(String key) {
		return new Request(() -> key,
				CachePolicy.fresh(Duration.ZERO, Duration.ofSeconds(1), (failure) -> LoadFailure.FAILED),
				(previous) -> Mono.never(), null, Context.empty());
	}

	/**
	 * Writes down what it is told.
	 */
	private final class ToldLoad implements WatchedLoad {

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
