/**
 * Responses kept in memory, and one load a key at a time (RFC 9111 terms).
 */
@NullMarked
package io.htgateway.cache;

import org.jspecify.annotations.NullMarked;
