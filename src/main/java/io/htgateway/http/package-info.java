/**
 * HTTP and TLS of outgoing requests: rules that all clients share.
 */
@NullMarked
package io.htgateway.http;

import org.jspecify.annotations.NullMarked;
