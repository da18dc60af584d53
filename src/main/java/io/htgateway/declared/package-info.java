/**
 * Endpoints declared in the configuration: any GET endpoint of the upstream, without
 * code.
 */
@NullMarked
package io.htgateway.declared;

import org.jspecify.annotations.NullMarked;
