package io.htgateway.web;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway leaves.
 *
 * @param delay how long it still takes requests after it was asked to end, while its
 * readiness says that it should get none
 */
@Validated
@ConfigurationProperties(prefix = "gateway.drain", ignoreUnknownFields = false)
public record DrainProperties(@DefaultValue("0s") @DurationMin(millis = 0) Duration delay) {

}
