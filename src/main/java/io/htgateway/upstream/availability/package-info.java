/**
 * Whether the upstream can currently be called, and why not.
 */
@NullMarked
package io.htgateway.upstream.availability;

import org.jspecify.annotations.NullMarked;
