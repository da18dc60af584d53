/**
 * What the upstream answers: responses, and every way a call can fail.
 */
@NullMarked
package io.htgateway.upstream.response;

import org.jspecify.annotations.NullMarked;
