/**
 * What failures of loads mean for those who wait, and what is said of them.
 */
@NullMarked
package io.htgateway.failure;

import org.jspecify.annotations.NullMarked;
