/**
 * A store of snapshots in a bucket of an S3-compatible object store.
 */
@NullMarked
package io.htgateway.history.s3;

import org.jspecify.annotations.NullMarked;
