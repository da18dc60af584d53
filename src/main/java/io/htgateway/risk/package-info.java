/**
 * Liquidation risk: one list a cohort, from which every page is cut.
 */
@NullMarked
package io.htgateway.risk;

import org.jspecify.annotations.NullMarked;
