/**
 * Calls counted in the minute, the day and the month, and the calls reserved in each.
 */
@NullMarked
package io.htgateway.budget.window;

import org.jspecify.annotations.NullMarked;
