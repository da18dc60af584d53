/**
 * The one digest that is used.
 */
@NullMarked
package io.htgateway.digest;

import org.jspecify.annotations.NullMarked;
