/**
 * Entry point of the gateway. Each feature has a package of its own below this one.
 */
@NullMarked
package io.htgateway;

import org.jspecify.annotations.NullMarked;
