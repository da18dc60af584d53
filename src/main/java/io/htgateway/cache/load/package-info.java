/**
 * Loads of responses: in flight, leased to one replica, and backing off after failures.
 */
@NullMarked
package io.htgateway.cache.load;

import org.jspecify.annotations.NullMarked;
