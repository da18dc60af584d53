package io.htgateway.pacing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.status.StatusPolls;
import io.htgateway.testing.MutableClock;
import io.htgateway.traffic.Endpoint;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

class StateSimulationTests {

	private static MonthTally.Outcome simulate(SimulatedPlan plan, boolean follows, BiFunction<BeanFactory, SimulatedMonth[], SimulatedSource> source) {
		MonthTally.Outcome[] outcome = new MonthTally.Outcome[1];
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(MutableClock.class, () -> new MutableClock(SimulatedMonth.START))
			.withBean("risk", Endpoint.class, () -> endpoint("risk", follows))
			.withBean("heatmap", Endpoint.class, () -> endpoint("heatmap", follows))
			.withUserConfiguration(Parts.class)
			.withPropertyValues("gateway.budget.plan=" + plan.property())
			.run((gateway) -> {
				SimulatedMonth[] month = new SimulatedMonth[1];
				month[0] = new SimulatedMonth(gateway, plan, source.apply(gateway, month));
				outcome[0] = month[0].run();
			});
		return outcome[0];
	}

	private static Endpoint endpoint(String name, boolean follows) {
		return new Endpoint(name, "/" + name, SimulatedMonth.TTL, SimulatedMonth.STALE_WHILE_REVALIDATE, Duration.ofHours(24), java.util.List.of(), follows);
	}

	private static SimulatedSource webhook(BeanFactory gateway) {
		StateClock clock = gateway.getBean(StateClock.class);
		return (states) -> clock.report(StateUpdate.of(states.publishedAt(), StateSource.WEBHOOK));
	}

	private static SimulatedSource webhook(BeanFactory gateway, Duration late) {
		StateClock clock = gateway.getBean(StateClock.class);
		Deque<Instant> waiting = new ArrayDeque<>();
		return new SimulatedSource() {
			@Override
			public void published(SimulatedStates states) {
				waiting.add(states.publishedAt());
			}
			@Override
			public void tick(SimulatedStates states, Instant now) {
				while (!waiting.isEmpty() && !waiting.peek().plus(late).isAfter(now)) {
					clock.report(StateUpdate.of(waiting.poll(), StateSource.WEBHOOK));
				}
			}
		};
	}

	private static SimulatedSource early(BeanFactory gateway, Duration early) {
		StateClock clock = gateway.getBean(StateClock.class);
		return new SimulatedSource() {
			@Override
			public void published(SimulatedStates states) {
			}
			@Override
			public void tick(SimulatedStates states, Instant now) {
				if (!states.next().minus(early).isAfter(now)) {
					clock.report(StateUpdate.of(now, StateSource.WEBHOOK));
				}
			}
		};
	}

	private static SimulatedSource flood(BeanFactory gateway) {
		StateClock clock = gateway.getBean(StateClock.class);
		return new SimulatedSource() {
			@Override
			public void published(SimulatedStates states) {
			}
			@Override
			public void tick(SimulatedStates states, Instant now) {
				clock.report(StateUpdate.of(now, StateSource.WEBHOOK));
			}
		};
	}

	private static SimulatedSource status(BeanFactory gateway, SimulatedMonth[] month, Function<SimulatedStates, String> body) {
		SimulatedStates[] current = new SimulatedStates[1];
		Supplier<Mono<Void>> poll = StatusPolls.of(gateway, gateway.getBean(CallBudget.class).snapshot().windows(),
				() -> Mono.fromSupplier(() -> {
					month[0].call(Priority.REFRESH);
					return body.apply(current[0]).getBytes(StandardCharsets.UTF_8);
				}));
		return new SimulatedSource() {
			@Override
			public void published(SimulatedStates states) {
			}
			@Override
			public void tick(SimulatedStates states, Instant now) {
				current[0] = states;
				poll.get().block();
			}
		};
	}

	private static String exact(SimulatedStates states) {
		return "{\"lastUpdate\": \"%s\", \"nextUpdate\": \"%s\"}".formatted(states.publishedAt(), states.next());
	}

	private static String roughly(SimulatedStates states) {
		return "{\"lastUpdate\": \"%s\", \"nextUpdate\": \"%s\"}".formatted(states.publishedAt(), states.publishedAt().plusSeconds(1350));
	}

	private static void print(String name, SimulatedPlan plan, MonthTally.Outcome outcome) {
		System.out.printf("SIM %-22s %-6s calls %,8d (%.1f %%) 429 %d failed %d/%d age %s lag %s identical %.1f %% stretch %.2f%n", name, plan.property(), outcome.calls(),
				100.0 * outcome.calls() / plan.perMonth(), outcome.refusals(), outcome.coldFailures(), outcome.warmFailures(), MonthReport.time(outcome.meanAge()), MonthReport.time(outcome.meanLag()), 100 * outcome.identical(), outcome.meanStretch());
	}

	@Test
	void sources() {
		for (SimulatedPlan plan : SimulatedPlan.values()) {
			print("none", plan, simulate(plan, false, (gateway, month) -> SimulatedSource.NONE));
			print("webhook", plan, simulate(plan, true, (gateway, month) -> webhook(gateway)));
			print("status exact", plan, simulate(plan, true, (gateway, month) -> status(gateway, month, StateSimulationTests::exact)));
			print("status roughly", plan, simulate(plan, true, (gateway, month) -> status(gateway, month, StateSimulationTests::roughly)));
			print("inference", plan, simulate(plan, true, (gateway, month) -> SimulatedSource.NONE));
		}
	}

	@Test
	void wrong() {
		SimulatedPlan plan = SimulatedPlan.FLOW;
		print("none", plan, simulate(plan, false, (gateway, month) -> SimulatedSource.NONE));
		print("late 1 h", plan, simulate(plan, true, (gateway, month) -> webhook(gateway, Duration.ofHours(1))));
		print("late 4 min", plan, simulate(plan, true, (gateway, month) -> webhook(gateway, Duration.ofMinutes(4))));
		print("flood", plan, simulate(plan, true, (gateway, month) -> flood(gateway)));
		print("never changes", plan, simulate(plan, true, (gateway, month) -> status(gateway, month, (states) -> "{\"lastUpdate\": \"2026-11-01T00:00:00Z\"}")));
		print("early 1 min", plan, simulate(plan, true, (gateway, month) -> early(gateway, Duration.ofMinutes(1))));
		print("jumps back", plan, simulate(plan, true, (gateway, month) -> status(gateway, month, new Function<>() {
			int polls;
			@Override
			public String apply(SimulatedStates states) {
				return (++polls % 7 == 0) ? "{\"lastUpdate\": \"%s\"}".formatted(states.publishedAt().minusSeconds(36_000)) : exact(states);
			}
		})));
		print("missing", plan, simulate(plan, true, (gateway, month) -> {
			SimulatedSource webhook = webhook(gateway);
			return (states) -> {
				if (states.publishedAt().isBefore(SimulatedMonth.START.plus(Duration.ofDays(3)))) {
					webhook.published(states);
				}
			};
		}));
		print("html", plan, simulate(plan, true, (gateway, month) -> status(gateway, month, (states) -> "<html>")));
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackages = { "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing", "io.htgateway.time" })
	@ComponentScan(basePackages = "io.htgateway.state", excludeFilters = @ComponentScan.Filter(type = org.springframework.context.annotation.FilterType.REGEX, pattern = ".*state\\.(status|webhook).*"))
	@org.springframework.boot.context.properties.ConfigurationPropertiesScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing" })
	static class Parts {
	}

}
