/**
 * Hits that are answered where their request is decoded, before their endpoint.
 */
@NullMarked
package io.htgateway.web.hit;

import org.jspecify.annotations.NullMarked;
