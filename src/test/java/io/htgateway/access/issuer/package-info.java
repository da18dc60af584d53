/**
 * Tests of requests to the issuer of JWTs, with an API server of Kubernetes.
 */
@NullMarked
package io.htgateway.access.issuer;

import org.jspecify.annotations.NullMarked;
