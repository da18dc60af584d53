package io.htgateway.fills;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How fills are kept.
 *
 * @param ttl freshness lifetime of a response; 0 means that every request is forwarded
 */
@Validated
@ConfigurationProperties(prefix = "gateway.fills")
record FillsProperties(@DefaultValue("1s") @DurationMin @DurationMax(days = 365) Duration ttl) {
}
