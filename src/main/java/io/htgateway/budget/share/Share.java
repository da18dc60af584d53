package io.htgateway.budget.share;

/**
 * The calls of a window that are reserved for an account.
 *
 * @param limit the account's part of the window's limit
 * @param remaining calls that are reserved for the account now, until the window ends. A
 * reservation shrinks with each call of the account, and in a day or month with time: at
 * most the account's part of an even spend for the rest of the window is reserved
 */
public record Share(long limit, long remaining) {
}
