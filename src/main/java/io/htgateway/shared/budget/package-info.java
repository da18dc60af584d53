/**
 * One count of upstream calls for all replicas, in Redis.
 */
@NullMarked
package io.htgateway.shared.budget;

import org.jspecify.annotations.NullMarked;
