/**
 * TLS of callers and of outgoing connections: whose it is, and what it permits.
 */
@NullMarked
package io.htgateway.tls;

import org.jspecify.annotations.NullMarked;
