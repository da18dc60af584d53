/**
 * Spans of requests and loads, sent to a collector of OpenTelemetry where one is named.
 */
@NullMarked
package io.htgateway.tracing;

import org.jspecify.annotations.NullMarked;
