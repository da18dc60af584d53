/**
 * The filters of every request of a caller.
 */
@NullMarked
package io.htgateway.web.filter;

import org.jspecify.annotations.NullMarked;
