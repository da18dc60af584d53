/**
 * A real server with the API of S3 for tests, which can be made faulty.
 */
@NullMarked
package io.htgateway.testing.s3;

import org.jspecify.annotations.NullMarked;
