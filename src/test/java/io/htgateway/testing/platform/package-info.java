/**
 * Environments of the platforms that the framework detects and has other defaults on.
 */
@NullMarked
package io.htgateway.testing.platform;

import org.jspecify.annotations.NullMarked;
