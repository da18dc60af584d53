/**
 * The count of calls that all replicas share, and what a replica does while the count is
 * unavailable.
 */
@NullMarked
package io.htgateway.budget.ledger;

import org.jspecify.annotations.NullMarked;
