/**
 * Contract of the budget of upstream calls: the plan, charges, refusals and snapshots.
 */
@NullMarked
package io.htgateway.budget;

import org.jspecify.annotations.NullMarked;
