/**
 * Corrections of the calls of others by operators.
 */
@NullMarked
package io.htgateway.ops.spend;

import org.jspecify.annotations.NullMarked;
