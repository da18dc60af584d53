/**
 * Meters of the whole gateway.
 */
@NullMarked
package io.htgateway.ops.meter;

import org.jspecify.annotations.NullMarked;
