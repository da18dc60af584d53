package io.htgateway.budget.window;

import java.time.Duration;

/**
 * Calls that were made at the same time.
 *
 * @param age time since then
 * @param number how many there are
 * @param account account of the calls, or empty if no calls are reserved for it
 * @param assumed whether it is unknown if they were made
 */
public record MinuteCalls(Duration age, long number, String account, boolean assumed) {
}
