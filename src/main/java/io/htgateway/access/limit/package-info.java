/**
 * How many requests a caller may send in a minute.
 */
@NullMarked
package io.htgateway.access.limit;

import org.jspecify.annotations.NullMarked;
