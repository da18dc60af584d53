/**
 * The clocks: one for ages, a steady one for waiting times, and the time of day for
 * dates.
 */
@NullMarked
package io.htgateway.time;

import org.jspecify.annotations.NullMarked;
