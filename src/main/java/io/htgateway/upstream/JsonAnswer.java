package io.htgateway.upstream;

/**
 * An answer that was checked to be JSON, with what the check found in it.
 */
public record JsonAnswer(UpstreamResponse.Content content, JsonEnvelope envelope) {
}
