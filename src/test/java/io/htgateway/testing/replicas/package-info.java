/**
 * Several gateways at once, in this JVM and in processes of their own, before one
 * simulated HyperTracker and one Redis.
 */
@NullMarked
package io.htgateway.testing.replicas;

import org.jspecify.annotations.NullMarked;
