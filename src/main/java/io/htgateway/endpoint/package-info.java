/**
 * Mirrored endpoints: what one is, how its parameters are read, and the one handler that
 * serves all of them.
 */
@NullMarked
package io.htgateway.endpoint;

import org.jspecify.annotations.NullMarked;
