/**
 * The state file, in which the spend survives a restart.
 */
@NullMarked
package io.htgateway.budget.file;

import org.jspecify.annotations.NullMarked;
