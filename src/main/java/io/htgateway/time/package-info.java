/**
 * The two clocks: a steady one for durations, and the time of day for dates.
 */
@NullMarked
package io.htgateway.time;

import org.jspecify.annotations.NullMarked;
