/**
 * Events of the streams, and positions among the fills.
 */
@NullMarked
package io.htgateway.stream.event;

import org.jspecify.annotations.NullMarked;
