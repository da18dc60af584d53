/**
 * Callers: teams, their credentials and their limits, and why a request is refused.
 */
@NullMarked
package io.htgateway.access;

import org.jspecify.annotations.NullMarked;
