/**
 * Files that a crash leaves complete.
 */
@NullMarked
package io.htgateway.durable;

import org.jspecify.annotations.NullMarked;
