package io.htgateway.access;

/**
 * Content of a response, as far as the rights of a team depend on it.
 *
 * @param endpoint name of the endpoint
 * @param coins the coins of its data
 * @param segments the cohorts of its data
 */
public record Scope(String endpoint, Extent coins, Extent segments) {
}
