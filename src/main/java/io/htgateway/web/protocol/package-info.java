/**
 * Utilities for connections of HTTP/1.1 and HTTP/2, and their common limits.
 */
@NullMarked
package io.htgateway.web.protocol;

import org.jspecify.annotations.NullMarked;
