/**
 * Purges of stored responses by those who run the gateway.
 */
@NullMarked
package io.htgateway.ops.purge;

import org.jspecify.annotations.NullMarked;
