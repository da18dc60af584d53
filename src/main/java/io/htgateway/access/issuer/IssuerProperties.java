package io.htgateway.access.issuer;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of requests to the issuer of JWTs.
 *
 * @param caFile certificates (PEM) of the authorities that are trusted in requests to the
 * issuer, instead of the public ones; the gateway reads the file again when it changes
 * @param tokenFile file with the token that the issuer requires in requests for its keys;
 * the gateway sends it only to the host of jwk-set-uri or, without it, of issuer-uri, and
 * reads the file again when it changes
 */
@ConfigurationProperties(prefix = "gateway.access.jwt")
public record IssuerProperties(@Nullable Path caFile, @Nullable Path tokenFile) {

}
