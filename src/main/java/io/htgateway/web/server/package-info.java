/**
 * HTTP server, and the requests that it refuses before they reach a filter.
 */
@NullMarked
package io.htgateway.web.server;

import org.jspecify.annotations.NullMarked;
