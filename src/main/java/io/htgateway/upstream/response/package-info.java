/**
 * Responses of the upstream, and the failures of a call.
 */
@NullMarked
package io.htgateway.upstream.response;

import org.jspecify.annotations.NullMarked;
