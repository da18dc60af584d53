/**
 * Filters that every request of a caller passes.
 */
@NullMarked
package io.htgateway.web.filter;

import org.jspecify.annotations.NullMarked;
