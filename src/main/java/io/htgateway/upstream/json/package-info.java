/**
 * Answers in JSON, read for their shape alone.
 */
@NullMarked
package io.htgateway.upstream.json;

import org.jspecify.annotations.NullMarked;
