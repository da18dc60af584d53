package io.htgateway.pacing;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether and how far freshness is stretched.
 *
 * @param enabled whether responses are kept longer than configured where the budget would
 * not last otherwise
 * @param maxTtl longest freshness lifetime, and so max-age, that this makes of a shorter
 * one
 */
@Validated
@ConfigurationProperties(prefix = "gateway.pacing")
record PacingProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(days = 365) Duration maxTtl) {
}
