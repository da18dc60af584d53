package io.htgateway.web.filter;

/**
 * A path whose requests do not count against the request limit of their team.
 *
 * @param path the path, which no mirrored endpoint has
 */
public record UncountedPath(String path) {
}
