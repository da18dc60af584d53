package io.htgateway.upstream.guard;

/**
 * Records how one call passed the guard.
 *
 * @param endpoint the name of the endpoint that is called
 * @param latch the latch of the endpoint
 * @param key state of the key's latch when the call passed
 * @param pass state of the endpoint's latch when the call passed
 * @param permits the permits that the call took
 */
record Admission(String endpoint, Latch latch, Latch.Pass key, Latch.Pass pass, Permits permits) {
}
