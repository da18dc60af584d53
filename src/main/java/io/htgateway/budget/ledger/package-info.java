/**
 * The ledger, which counts the calls of all replicas, and the fallback while it is
 * unavailable.
 */
@NullMarked
package io.htgateway.budget.ledger;

import org.jspecify.annotations.NullMarked;
