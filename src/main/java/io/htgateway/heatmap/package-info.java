/**
 * The endpoint of liquidation heatmaps. Callers receive the file, never the upstream's
 * link to it.
 */
@NullMarked
package io.htgateway.heatmap;

import org.jspecify.annotations.NullMarked;
