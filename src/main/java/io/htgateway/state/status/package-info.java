/**
 * The status endpoint of the upstream as a source of state updates.
 */
@NullMarked
package io.htgateway.state.status;

import org.jspecify.annotations.NullMarked;
