package io.htgateway.upstream.guard;

/**
 * Admission of one call by the guard.
 *
 * @param endpoint name of the called endpoint
 * @param latch latch of the endpoint
 * @param key state of the key's latch when the call was admitted
 * @param pass state of the endpoint's latch when the call was admitted
 * @param permits permits that the call took
 */
record Admission(String endpoint, Latch latch, Latch.Pass key, Latch.Pass pass, Permits permits) {
}
