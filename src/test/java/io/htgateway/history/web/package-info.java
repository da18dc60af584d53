/**
 * Tests of the read API of the history.
 */
@NullMarked
package io.htgateway.history.web;

import org.jspecify.annotations.NullMarked;
