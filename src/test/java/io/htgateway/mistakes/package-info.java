/**
 * Mistakes of operators, and the whole text that each of them is answered with.
 */
@NullMarked
package io.htgateway.mistakes;

import org.jspecify.annotations.NullMarked;
