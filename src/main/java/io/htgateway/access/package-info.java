/**
 * Who may call, and what a caller is refused for.
 */
@NullMarked
package io.htgateway.access;

import org.jspecify.annotations.NullMarked;
