package io.htgateway.upstream.guard;

/**
 * What one call was let through by.
 *
 * @param endpoint the name of the endpoint that is called
 * @param latch of the endpoint
 * @param key the latch of the key as the call has found it
 * @param pass the latch of the endpoint as the call has found it
 * @param permits what the call took that is limited
 */
record Passage(String endpoint, Latch latch, Latch.Pass key, Latch.Pass pass, Permits permits) {
}
