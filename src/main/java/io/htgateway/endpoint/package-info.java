/**
 * Mirrored endpoints: their contract, the validation of their parameters, and the handler
 * that serves all of them.
 */
@NullMarked
package io.htgateway.endpoint;

import org.jspecify.annotations.NullMarked;
