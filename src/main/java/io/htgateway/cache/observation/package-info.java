/**
 * Observation of loads, for logs, metrics and traces.
 */
@NullMarked
package io.htgateway.cache.observation;

import org.jspecify.annotations.NullMarked;
