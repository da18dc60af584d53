/**
 * The two budgets (counted by one replica alone, or shared through a ledger) and the
 * choice between them.
 */
@NullMarked
package io.htgateway.budget.strategy;

import org.jspecify.annotations.NullMarked;
