/**
 * How teams are configured, and whether that makes sense.
 */
@NullMarked
package io.htgateway.access.config;

import org.jspecify.annotations.NullMarked;
