/**
 * What operators see and do: meters, health, and what is in use.
 */
@NullMarked
package io.htgateway.ops;

import org.jspecify.annotations.NullMarked;
