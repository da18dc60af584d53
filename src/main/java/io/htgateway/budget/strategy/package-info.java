/**
 * The two budgets, local and shared, and the choice between them.
 */
@NullMarked
package io.htgateway.budget.strategy;

import org.jspecify.annotations.NullMarked;
