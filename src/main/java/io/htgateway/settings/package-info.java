/**
 * Validation of the configuration at startup, before any bean is built from it.
 */
@NullMarked
package io.htgateway.settings;

import org.jspecify.annotations.NullMarked;
