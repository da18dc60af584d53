package io.htgateway.upstream;

/**
 * Configured upstream.
 *
 * @param host name and port of its server
 * @param key source of the API key
 */
public record ConfiguredUpstream(String host, KeySource key) {
}
