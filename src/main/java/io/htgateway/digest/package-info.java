/**
 * The digest of the project: SHA-256.
 */
@NullMarked
package io.htgateway.digest;

import org.jspecify.annotations.NullMarked;
