/**
 * Hits that are answered where their request is decoded, before it reaches its endpoint.
 */
@NullMarked
package io.htgateway.web.hit;

import org.jspecify.annotations.NullMarked;
