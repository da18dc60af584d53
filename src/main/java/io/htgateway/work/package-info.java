/**
 * Processor-bound work, which runs outside the event loops.
 */
@NullMarked
package io.htgateway.work;

import org.jspecify.annotations.NullMarked;
