/**
 * The contract of the call budget: plan, charges, refusals and snapshots.
 */
@NullMarked
package io.htgateway.budget;

import org.jspecify.annotations.NullMarked;
