/**
 * A real browser for tests: Debian's Chromium, without a window.
 */
@NullMarked
package io.htgateway.testing.browser;

import org.jspecify.annotations.NullMarked;
