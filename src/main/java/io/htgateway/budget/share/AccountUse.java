package io.htgateway.budget.share;

import java.time.Instant;

/**
 * The calls of one account in one window.
 *
 * @param window minute, day or month
 * @param limit most calls of all accounts together
 * @param share calls that are guaranteed to the account, rounded down
 * @param used calls that were made for the account
 * @param left calls that can be made for the account now, if none are made for others
 * @param resetsAt when the whole limit is available again, if no call is made until then
 */
public record AccountUse(String window, long limit, long share, long used, long left, Instant resetsAt) {
}
