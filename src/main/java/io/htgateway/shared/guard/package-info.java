/**
 * What one replica learns of the upstream, told to all in Redis.
 */
@NullMarked
package io.htgateway.shared.guard;

import org.jspecify.annotations.NullMarked;
