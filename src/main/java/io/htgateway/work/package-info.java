/**
 * Work that keeps a processor busy, away from the event loops.
 */
@NullMarked
package io.htgateway.work;

import org.jspecify.annotations.NullMarked;
