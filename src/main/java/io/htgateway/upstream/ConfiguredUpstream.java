package io.htgateway.upstream;

/**
 * The upstream as it is configured.
 *
 * @param host name and port of its server
 * @param key where the API key comes from
 */
public record ConfiguredUpstream(String host, KeySource key) {
}
