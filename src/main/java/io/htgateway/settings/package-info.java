/**
 * Checks of the configuration at start, before anything is built from it.
 */
@NullMarked
package io.htgateway.settings;

import org.jspecify.annotations.NullMarked;
