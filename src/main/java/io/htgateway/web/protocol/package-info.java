/**
 * What connections of HTTP/1.1 and HTTP/2 have in common, and their limits.
 */
@NullMarked
package io.htgateway.web.protocol;

import org.jspecify.annotations.NullMarked;
