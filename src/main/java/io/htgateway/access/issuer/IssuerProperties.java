package io.htgateway.access.issuer;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of requests to the issuer of JWTs.
 *
 * @param caFile certificates (PEM) of the authorities that the issuer's certificate must
 * be from, instead of the public ones; only for requests to the issuer; the gateway reads
 * it again when it changes
 * @param tokenFile file with the token that the issuer requires for its keys, sent only
 * to the host of jwk-set-uri or else of issuer-uri; the gateway reads it again when it
 * changes
 */
@ConfigurationProperties(prefix = "gateway.access.jwt")
public record IssuerProperties(@Nullable Path caFile, @Nullable Path tokenFile) {

}
