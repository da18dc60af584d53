package io.htgateway.pacing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;

import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.status.StatusPolls;
import org.springframework.beans.factory.BeanFactory;
import reactor.core.publisher.Mono;

/**
 * Sources of state updates in a simulated month, right and wrong ones.
 */
enum StateSources {

	/**
	 * Every endpoint has its configured lifetime.
	 */
	NONE("no clock") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return SimulatedSource.NONE;
		}

	},

	WEBHOOK("webhook") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return (states) -> webhook(gateway, states.publishedAt());
		}

	},

	/**
	 * The announced next state is as far away as the mean of all intervals.
	 */
	STATUS("status") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return status(gateway, month, (states) -> body(states.publishedAt(), states.publishedAt().plus(MEAN)));
		}

	},

	INFERENCE("inference") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return SimulatedSource.NONE;
		}

	},

	EARLY("webhook a minute early") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return ticking((states, now) -> {
				if (!states.next().minus(Duration.ofMinutes(1)).isAfter(now)) {
					webhook(gateway, now);
				}
			});
		}

	},

	LATE("webhook an hour late") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			Deque<Instant> waiting = new ArrayDeque<>();
			return new SimulatedSource() {

				@Override
				public void published(SimulatedStates states) {
					waiting.add(states.publishedAt());
				}

				@Override
				public void tick(SimulatedStates states, Instant now) {
					while (!waiting.isEmpty() && !waiting.element().plus(Duration.ofHours(1)).isAfter(now)) {
						webhook(gateway, waiting.remove());
					}
				}

			};
		}

	},

	MISSING("webhook that ends after three days") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return (states) -> {
				if (states.publishedAt().isBefore(SimulatedMonth.START.plus(Duration.ofDays(3)))) {
					webhook(gateway, states.publishedAt());
				}
			};
		}

	},

	/**
	 * Of a thousand deliveries a second, all but one in each tick are the same to the
	 * clock.
	 */
	FLOOD("webhook without end") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return ticking((states, now) -> webhook(gateway, now));
		}

	},

	JUMPING_BACK("status that jumps back") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			int[] polls = new int[1];
			return status(gateway, month, (states) -> body(
					(++polls[0] % 7 == 0) ? states.publishedAt().minus(Duration.ofHours(10)) : states.publishedAt(),
					states.next()));
		}

	},

	CONSTANT("status that never changes") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return status(gateway, month, (states) -> body(SimulatedMonth.START, SimulatedMonth.START.plus(MEAN)));
		}

	},

	HTML("status that is HTML") {

		@Override
		SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month) {
			return status(gateway, month, (states) -> "<html></html>");
		}

	};

	private static final Duration MEAN = Duration.ofSeconds(1_350);

	private final String title;

	StateSources(String title) {
		this.title = title;
	}

	String title() {
		return title;
	}

	/**
	 * Returns the source for a month of the given gateway.
	 */
	abstract SimulatedSource source(BeanFactory gateway, Supplier<SimulatedMonth> month);

	private static void webhook(BeanFactory gateway, Instant at) {
		gateway.getBean(StateClock.class).report(StateUpdate.of(at, StateSource.WEBHOOK));
	}

	private static SimulatedSource status(BeanFactory gateway, Supplier<SimulatedMonth> month,
			Function<SimulatedStates, String> body) {
		SimulatedStates[] current = new SimulatedStates[1];
		Supplier<Mono<Void>> poll = StatusPolls.of(gateway, gateway.getBean(CallBudget.class).snapshot().windows(),
				() -> Mono.fromSupplier(() -> {
					month.get().call(Priority.REFRESH);
					return body.apply(current[0]).getBytes(StandardCharsets.UTF_8);
				}));
		return ticking((states, now) -> {
			current[0] = states;
			poll.get().block();
		});
	}

	private static String body(Instant last, Instant next) {
		return "{\"lastUpdate\": \"%s\", \"nextUpdate\": \"%s\"}".formatted(last, next);
	}

	private static SimulatedSource ticking(Tick tick) {
		return new SimulatedSource() {

			@Override
			public void published(SimulatedStates states) {
			}

			@Override
			public void tick(SimulatedStates states, Instant now) {
				tick.at(states, now);
			}

		};
	}

	private interface Tick {

		void at(SimulatedStates states, Instant now);

	}

}
