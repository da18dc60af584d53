/**
 * The endpoint of liquidation fills. Each query has its own response, cached for a second
 * by default.
 */
@NullMarked
package io.htgateway.fills;

import org.jspecify.annotations.NullMarked;
