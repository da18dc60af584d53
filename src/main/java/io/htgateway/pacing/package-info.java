/**
 * How often what is cached is loaded anew, so that the budget lasts.
 */
@NullMarked
package io.htgateway.pacing;

import org.jspecify.annotations.NullMarked;
