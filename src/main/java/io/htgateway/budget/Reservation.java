package io.htgateway.budget;

import java.time.Duration;

/**
 * Calls that are guaranteed to an account in one window, as far as this replica knows.
 *
 * @param window minute, day or month
 * @param share calls that are guaranteed in the whole window, rounded down
 * @param left how many of them are left, rounded down
 * @param length length of the window
 * @param resetsIn time until the whole share is available again, if no call is made until
 * then
 */
public record Reservation(String window, long share, long left, Duration length, Duration resetsIn) {
}
