/**
 * Pacing of refreshes, so that the call budget lasts.
 */
@NullMarked
package io.htgateway.pacing;

import org.jspecify.annotations.NullMarked;
