/**
 * The ledger in Redis, which counts the upstream calls of all replicas.
 */
@NullMarked
package io.htgateway.shared.budget;

import org.jspecify.annotations.NullMarked;
