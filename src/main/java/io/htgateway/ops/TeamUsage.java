package io.htgateway.ops;

/**
 * What a team asked for and what that took, since the start.
 *
 * @param team its name
 * @param requests its requests for mirrored data
 * @param hits those that were answered from the cache, fresh
 * @param upstreamCalls calls that were made for it
 * @param callsSaved the sum of what is saved at each endpoint
 */
public record TeamUsage(String team, long requests, long hits, long upstreamCalls, long callsSaved) {
}
