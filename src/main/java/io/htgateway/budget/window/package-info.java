/**
 * Counts of calls in the minute, the day and the month, and the reservations in each.
 */
@NullMarked
package io.htgateway.budget.window;

import org.jspecify.annotations.NullMarked;
