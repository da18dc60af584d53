/**
 * The state clock: when the upstream's data changed last, and when it changes next.
 */
@NullMarked
package io.htgateway.state;

import org.jspecify.annotations.NullMarked;
