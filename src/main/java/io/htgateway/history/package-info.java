/**
 * The history: each distinct body of the recorded endpoints, which the upstream itself
 * does not retain.
 */
@NullMarked
package io.htgateway.history;

import org.jspecify.annotations.NullMarked;
