/**
 * The explorer: a page that shows the data of the public endpoints in a browser.
 */
@NullMarked
package io.htgateway.explorer;

import org.jspecify.annotations.NullMarked;
