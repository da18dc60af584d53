/**
 * Liquidation fills: each query is a response of its own, kept for a moment at most.
 */
@NullMarked
package io.htgateway.fills;

import org.jspecify.annotations.NullMarked;
