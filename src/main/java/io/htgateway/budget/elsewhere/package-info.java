/**
 * Calls that others make with the same plan: what a 429 and an operator say about them.
 */
@NullMarked
package io.htgateway.budget.elsewhere;

import org.jspecify.annotations.NullMarked;
