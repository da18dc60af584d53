package io.htgateway.state.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.htgateway.budget.BudgetSnapshot;

/**
 * The part of the plan that may be spent on the status endpoint.
 *
 * @param part part of all calls, from 0 to 0.5
 */
record StatusShare(double part) {

	private static final Duration SHORTEST = Duration.ofSeconds(30);

	/**
	 * Longest useful time between two calls: states are usually published that often.
	 */
	private static final Duration LONGEST = Duration.ofMinutes(30);

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration MONTH = Duration.ofDays(31);

	/**
	 * Returns the shortest time between two calls, or nothing if the given windows of the
	 * plan afford too few of them to be useful.
	 */
	Optional<Duration> spacing(List<BudgetSnapshot.Window> windows) {
		double seconds = windows.stream().mapToDouble((window) -> switch (window.name()) {
			case "day" -> spacing(window.limit(), DAY);
			case "month" -> spacing(window.limit(), MONTH);
			default -> 0;
		}).max().orElse(0);
		if (part == 0 || seconds > LONGEST.toSeconds()) {
			return Optional.empty();
		}
		Duration spacing = Duration.ofMillis((long) Math.ceil(seconds * 1_000));
		return Optional.of((spacing.compareTo(SHORTEST) < 0) ? SHORTEST : spacing);
	}

	private double spacing(long calls, Duration window) {
		return window.toSeconds() / (calls * part);
	}

}
