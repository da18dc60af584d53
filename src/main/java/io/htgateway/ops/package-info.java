/**
 * State, health and configuration of the gateway for operators.
 */
@NullMarked
package io.htgateway.ops;

import org.jspecify.annotations.NullMarked;
