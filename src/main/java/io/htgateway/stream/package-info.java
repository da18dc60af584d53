/**
 * Liquidation fills as they happen: one poll of the upstream for all listeners, and a
 * bounded log from which each of them reads at its own pace.
 */
@NullMarked
package io.htgateway.stream;

import org.jspecify.annotations.NullMarked;
