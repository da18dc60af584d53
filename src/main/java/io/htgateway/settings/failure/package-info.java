/**
 * Explains why a start was refused, with the property and its source.
 */
@NullMarked
package io.htgateway.settings.failure;

import org.jspecify.annotations.NullMarked;
