/**
 * What became of each request, counted and told in one line.
 */
@NullMarked
package io.htgateway.traffic;

import org.jspecify.annotations.NullMarked;
