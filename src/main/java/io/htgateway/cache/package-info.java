/**
 * Answers requests from what is stored, or with one load a key (RFC 9111 terms).
 */
@NullMarked
package io.htgateway.cache;

import org.jspecify.annotations.NullMarked;
