/**
 * Responses that replicas share in Redis, and the leases of their loads.
 */
@NullMarked
package io.htgateway.shared.cache;

import org.jspecify.annotations.NullMarked;
