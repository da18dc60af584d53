/**
 * Values that must never be printed.
 */
@NullMarked
package io.htgateway.secret;

import org.jspecify.annotations.NullMarked;
