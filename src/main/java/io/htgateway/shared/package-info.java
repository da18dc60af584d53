/**
 * State that replicas share in Redis, which is never needed to serve a request.
 */
@NullMarked
package io.htgateway.shared;

import org.jspecify.annotations.NullMarked;
