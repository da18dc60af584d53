/**
 * Clocks for ages, for waiting times, and for dates.
 */
@NullMarked
package io.htgateway.time;

import org.jspecify.annotations.NullMarked;
