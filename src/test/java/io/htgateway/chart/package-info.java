/**
 * Tests of the Helm chart, as the real Helm lints and renders it.
 */
@NullMarked
package io.htgateway.chart;

import org.jspecify.annotations.NullMarked;
