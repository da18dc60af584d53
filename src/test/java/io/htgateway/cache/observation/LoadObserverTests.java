package io.htgateway.cache.observation;

import java.util.ArrayList;
import java.util.List;

import io.htgateway.cache.observation.LoadObserver.LoadObservation;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoadObserver#of}.
 */
class LoadObserverTests {

	private final List<String> seen = new ArrayList<>();

	@Test
	void everyObserverSeesEachEvent() {
		LoadObservation load = LoadObserver.of(List.of(observer("a"), observer("b")))
			.start(() -> "key", Context.empty());

		load.awaitedBy(Context.empty());
		load.succeeded(LoadOutcome.FOUND);
		load.failed(LoadFailure.REJECTED, new IllegalStateException("no"));

		assertThat(seen).containsExactly("a starts key", "b starts key", "a awaited", "b awaited", "a FOUND", "b FOUND",
				"a REJECTED no", "b REJECTED no");
	}

	@Test
	void singleObserverOrNoneIsUsedAsItIs() {
		LoadObserver observer = observer("a");

		assertThat(LoadObserver.of(List.of(observer))).isSameAs(observer);
		assertThat(LoadObserver.of(List.of())).isSameAs(LoadObserver.NONE);
	}

	private LoadObserver observer(String name) {
		return (key, context) -> {
			seen.add(name + " starts " + key.text());
			return new LoadObservation() {

				@Override
				public void awaitedBy(ContextView waiting) {
					seen.add(name + " awaited");
				}

				@Override
				public void succeeded(LoadOutcome outcome) {
					seen.add(name + " " + outcome);
				}

				@Override
				public void failed(LoadFailure kind, Throwable failure) {
					seen.add(name + " " + kind + " " + failure.getMessage());
				}

			};
		};
	}

}
