/**
 * Stored snapshots: their names, the contract of their stores, and the queries on a
 * store.
 */
@NullMarked
package io.htgateway.history.store;

import org.jspecify.annotations.NullMarked;
