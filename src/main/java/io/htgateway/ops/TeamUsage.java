package io.htgateway.ops;

/**
 * Requests of a team since the start, and the calls made for them.
 *
 * @param team name of the team
 * @param requests its requests for mirrored data
 * @param hits its requests that were hits
 * @param upstreamCalls calls that were made for it
 * @param callsSaved sum of the calls saved at each endpoint
 */
public record TeamUsage(String team, long requests, long hits, long upstreamCalls, long callsSaved) {
}
