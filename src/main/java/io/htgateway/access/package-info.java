/**
 * What a request is about and where it comes from: the one path and the one client
 * address that all others read.
 */
@NullMarked
package io.htgateway.access;

import org.jspecify.annotations.NullMarked;
