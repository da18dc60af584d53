/**
 * Secrets, which must never be printed, and the files that contain them.
 */
@NullMarked
package io.htgateway.secret;

import org.jspecify.annotations.NullMarked;
