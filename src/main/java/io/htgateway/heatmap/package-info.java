/**
 * Liquidation heatmaps: the file itself, never the link that the upstream gives.
 */
@NullMarked
package io.htgateway.heatmap;

import org.jspecify.annotations.NullMarked;
