/**
 * The read API of the history: lists, single snapshots and streams.
 */
@NullMarked
package io.htgateway.history.web;

import org.jspecify.annotations.NullMarked;
