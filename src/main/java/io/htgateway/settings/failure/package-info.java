/**
 * Reports of startup failures: what is wrong, where it is set, and what to do.
 */
@NullMarked
package io.htgateway.settings.failure;

import org.jspecify.annotations.NullMarked;
