/**
 * Shares of the budget: calls that are reserved for accounts.
 */
@NullMarked
package io.htgateway.budget.share;

import org.jspecify.annotations.NullMarked;
