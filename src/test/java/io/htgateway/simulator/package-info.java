/**
 * The simulated HyperTracker: a paid API and its object store, both in process and on
 * loopback.
 */
@NullMarked
package io.htgateway.simulator;

import org.jspecify.annotations.NullMarked;
