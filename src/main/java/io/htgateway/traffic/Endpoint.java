package io.htgateway.traffic;

/**
 * A mirrored endpoint, as it is known to those who look from outside.
 *
 * @param name its name in metrics and where operators name it
 * @param route path pattern of its controller
 */
public record Endpoint(String name, String route) {
}
