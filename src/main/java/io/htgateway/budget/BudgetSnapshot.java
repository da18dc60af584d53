package io.htgateway.budget;

import java.time.Instant;
import java.util.List;

/**
 * The budget at one moment.
 *
 * @param windows the windows that the plan has
 * @param interactiveCalls calls for clients that waited, since the start
 * @param refreshCalls calls that replaced something stale, since the start
 * @param refreshRate refreshes per second that can be afforded in every window to its end
 * @param projectedSpend calls in the longest calendar window at its end, if it goes on as
 * it went so far; 0 when there is none
 */
public record BudgetSnapshot(List<Window> windows, long interactiveCalls, long refreshCalls, double refreshRate,
		long projectedSpend) {

	public BudgetSnapshot {
		windows = List.copyOf(windows);
	}

	/**
	 * One window.
	 *
	 * @param name minute, day or month
	 * @param limit most calls in it
	 * @param used calls that were made; in the minute those that are not made up for yet
	 * @param assumed calls that may have been made, but of which nothing is known; they
	 * count like used ones
	 * @param remaining calls that may be made at once
	 * @param nextCallAt when the next call may be made for a client that waits: now, or
	 * later when none is left
	 * @param resetsAt when all of the limit is there again, if no call is made until then
	 */
	public record Window(String name, long limit, long used, long assumed, long remaining, Instant nextCallAt,
			Instant resetsAt) {
	}

}
