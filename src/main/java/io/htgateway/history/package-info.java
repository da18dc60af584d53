/**
 * The history: stores each distinct body of the recorded endpoints, because the upstream
 * retains only the newest one.
 */
@NullMarked
package io.htgateway.history;

import org.jspecify.annotations.NullMarked;
