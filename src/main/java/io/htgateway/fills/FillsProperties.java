package io.htgateway.fills;

import java.time.Duration;

import io.htgateway.settings.Lifetime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How fills are kept.
 *
 * @param ttl freshness lifetime of a response; 0s means that every request is forwarded
 */
@Validated
@ConfigurationProperties(prefix = "gateway.fills")
record FillsProperties(@DefaultValue("1s") @Lifetime Duration ttl) {
}
