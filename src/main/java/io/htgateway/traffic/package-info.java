/**
 * Metrics and access log of requests.
 */
@NullMarked
package io.htgateway.traffic;

import org.jspecify.annotations.NullMarked;
