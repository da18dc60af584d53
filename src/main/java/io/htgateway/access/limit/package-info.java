/**
 * How much a caller may ask for in a minute.
 */
@NullMarked
package io.htgateway.access.limit;

import org.jspecify.annotations.NullMarked;
