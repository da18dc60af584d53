/**
 * Tests of the container image, as it runs in production.
 */
@NullMarked
package io.htgateway.image;

import org.jspecify.annotations.NullMarked;
