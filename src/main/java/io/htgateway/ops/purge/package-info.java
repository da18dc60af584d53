/**
 * Purges of stored responses by operators.
 */
@NullMarked
package io.htgateway.ops.purge;

import org.jspecify.annotations.NullMarked;
