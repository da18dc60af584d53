/**
 * Problem documents (RFC 9457) and the parameter errors in them.
 */
@NullMarked
package io.htgateway.web.problem;

import org.jspecify.annotations.NullMarked;
