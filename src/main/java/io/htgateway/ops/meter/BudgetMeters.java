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
 * Meters of the budget, and of the freshness lifetimes that pacing lengthens.
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
			bind(registry, "limit", "Maximum number of calls in the window", window.name(),
					BudgetSnapshot.Window::limit);
			bind(registry, "used", "Calls made in the window", window.name(), BudgetSnapshot.Window::used);
			bind(registry, "assumed", "Calls that may have been made in the window while nobody counted", window.name(),
					BudgetSnapshot.Window::assumed);
			bind(registry, "elsewhere", "Calls of others in the window, as far as they are known", window.name(),
					BudgetSnapshot.Window::elsewhere);
			bind(registry, "remaining", "Calls that can be made now", window.name(), BudgetSnapshot.Window::remaining);
			bind(registry, "reset.timestamp.seconds",
					"Time when all calls of the window are available again, in seconds since 1970", window.name(),
					(current) -> current.resetsAt().getEpochSecond());
		}
		Gauge.builder("gateway.budget.projected", budget, (current) -> current.snapshot().projectedSpend())
			.description("Projected calls in the longest window at its end, at the current rate")
			.register(registry);
		Gauge.builder("gateway.pacing.stretch", pace, Pace::stretch)
			.description("Factor by which pacing lengthens the configured freshness lifetimes")
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
