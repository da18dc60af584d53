/**
 * The journal of streams that all replicas share: one polls, and all read the same events
 * in the same order.
 */
@NullMarked
package io.htgateway.shared.stream;

import org.jspecify.annotations.NullMarked;
