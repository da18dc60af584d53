/**
 * Polls of the upstream for fills: one page after the other from a checkpoint, which a
 * journal stores together with the fills.
 */
@NullMarked
package io.htgateway.stream.poll;

import org.jspecify.annotations.NullMarked;
