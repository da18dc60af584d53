/**
 * The spend as it is saved for the next run.
 */
@NullMarked
package io.htgateway.budget.saved;

import org.jspecify.annotations.NullMarked;
