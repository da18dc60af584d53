/**
 * Spans of requests and loads, sent to an OpenTelemetry collector if one is configured.
 */
@NullMarked
package io.htgateway.tracing;

import org.jspecify.annotations.NullMarked;
