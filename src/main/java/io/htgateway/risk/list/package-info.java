/**
 * Lists of cohorts, loaded in blocks and cut into pages.
 */
@NullMarked
package io.htgateway.risk.list;

import org.jspecify.annotations.NullMarked;
