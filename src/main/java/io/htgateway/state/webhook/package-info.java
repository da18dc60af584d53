/**
 * The webhook of the upstream as a source of state updates.
 */
@NullMarked
package io.htgateway.state.webhook;

import org.jspecify.annotations.NullMarked;
