/**
 * The server, and what it refuses before a request reaches a filter.
 */
@NullMarked
package io.htgateway.web.server;

import org.jspecify.annotations.NullMarked;
