package io.htgateway.ops.meter;

import java.util.function.ToDoubleFunction;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.cache.load.Pace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * What is spent of the budget, and what it does to freshness.
 */
@Component
final class BudgetMeters implements MeterBinder {

	private final CallBudget budget;

	private final Pace pace;

	BudgetMeters(CallBudget budget, Pace pace) {
		this.budget = budget;
		this.pace = pace;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (BudgetSnapshot.Window window : budget.snapshot().windows()) {
			bind(registry, "limit", "Most calls in the window", window.name(), BudgetSnapshot.Window::limit);
			bind(registry, "used", "Calls that were made in the window", window.name(), BudgetSnapshot.Window::used);
			bind(registry, "assumed", "Calls in the window that may have been made, but of which nothing is known",
					window.name(), BudgetSnapshot.Window::assumed);
			bind(registry, "remaining", "Calls that may be made at once", window.name(),
					BudgetSnapshot.Window::remaining);
			bind(registry, "reset.timestamp.seconds", "When all calls of the window are there again", window.name(),
					(current) -> current.resetsAt().getEpochSecond());
		}
		Gauge.builder("gateway.budget.projected", budget, (current) -> current.snapshot().projectedSpend())
			.description("Calls in the longest window at its end, if it goes on like this")
			.register(registry);
		Gauge.builder("gateway.pacing.stretch", pace, Pace::stretch)
			.description("How many times longer than configured responses are kept")
			.register(registry);
	}

	private void bind(MeterRegistry registry, String name, String description, String window,
			ToDoubleFunction<BudgetSnapshot.Window> value) {
		Gauge.builder("gateway.budget." + name, budget, (current) -> value(current, window, value))
			.description(description)
			.tag("window", window)
			.register(registry);
	}

	private static double value(CallBudget budget, String window, ToDoubleFunction<BudgetSnapshot.Window> value) {
		return budget.snapshot()
			.windows()
			.stream()
			.filter((candidate) -> candidate.name().equals(window))
			.mapToDouble(value)
			.sum();
	}

}
