/**
 * The file that carries the spend over a restart.
 */
@NullMarked
package io.htgateway.budget.file;

import org.jspecify.annotations.NullMarked;
