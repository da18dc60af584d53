/**
 * The HTTP side of the streams: <code>text/event-stream</code> and NDJSON.
 */
@NullMarked
package io.htgateway.stream.web;

import org.jspecify.annotations.NullMarked;
