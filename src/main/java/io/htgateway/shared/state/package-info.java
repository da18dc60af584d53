/**
 * The newest state that any replica knows, for all replicas.
 */
@NullMarked
package io.htgateway.shared.state;

import org.jspecify.annotations.NullMarked;
