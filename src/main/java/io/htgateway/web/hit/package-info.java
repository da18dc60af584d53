/**
 * Hits that are answered where their request is decoded, without their controller.
 */
@NullMarked
package io.htgateway.web.hit;

import org.jspecify.annotations.NullMarked;
