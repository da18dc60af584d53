/**
 * Configuration of teams and its validation.
 */
@NullMarked
package io.htgateway.access.config;

import org.jspecify.annotations.NullMarked;
