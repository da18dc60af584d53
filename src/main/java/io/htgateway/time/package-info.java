/**
 * The two clocks: an even one for durations, and the time of day for dates.
 */
@NullMarked
package io.htgateway.time;

import org.jspecify.annotations.NullMarked;
