/**
 * The endpoint of liquidation risk. The gateway stores one list for each cohort and cuts
 * every page from it.
 */
@NullMarked
package io.htgateway.risk;

import org.jspecify.annotations.NullMarked;
