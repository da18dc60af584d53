/**
 * The watch list: keys that are loaded for the history with each state update, though
 * nobody requests them.
 */
@NullMarked
package io.htgateway.history.watch;

import org.jspecify.annotations.NullMarked;
