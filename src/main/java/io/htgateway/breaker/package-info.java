/**
 * When to stop calling what fails, and when to try again.
 */
@NullMarked
package io.htgateway.breaker;

import org.jspecify.annotations.NullMarked;
