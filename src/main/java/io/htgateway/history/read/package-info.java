/**
 * Reads of snapshots for callers: bodies are checked completely before they are sent, and
 * outages of the store become 503.
 */
@NullMarked
package io.htgateway.history.read;

import org.jspecify.annotations.NullMarked;
