/**
 * Limits of requests a minute.
 */
@NullMarked
package io.htgateway.access.limit;

import org.jspecify.annotations.NullMarked;
