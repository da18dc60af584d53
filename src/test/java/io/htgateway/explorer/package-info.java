/**
 * Tests of the explorer, in a browser and without one.
 */
@NullMarked
package io.htgateway.explorer;

import org.jspecify.annotations.NullMarked;
