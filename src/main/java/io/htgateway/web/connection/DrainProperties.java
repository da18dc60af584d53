package io.htgateway.web.connection;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway leaves.
 *
 * @param delay how long requests are still taken after SIGTERM, while readiness is 503
 */
@Validated
@ConfigurationProperties(prefix = "gateway.drain")
record DrainProperties(@DefaultValue("0s") @DurationMin(millis = 0) @DurationMax(minutes = 10) Duration delay) {

}
