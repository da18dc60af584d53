/**
 * What stands between the gateway and a call that should not be made.
 */
@NullMarked
package io.htgateway.upstream.guard;

import org.jspecify.annotations.NullMarked;
