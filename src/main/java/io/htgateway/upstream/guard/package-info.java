/**
 * Guards that refuse useless upstream calls: pauses, latches, and the detection of a
 * wrong upstream.
 */
@NullMarked
package io.htgateway.upstream.guard;

import org.jspecify.annotations.NullMarked;
