/**
 * Loads of responses: under way, leased to one replica, and after failures later.
 */
@NullMarked
package io.htgateway.cache.load;

import org.jspecify.annotations.NullMarked;
