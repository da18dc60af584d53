package io.htgateway.pacing;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Pacing: longer freshness lifetimes while the budget is short.
 *
 * @param enabled whether to lengthen freshness lifetimes when the budget would not last
 * otherwise
 * @param maxTtl maximum freshness lifetime, and so max-age, to which pacing lengthens a
 * shorter one
 */
@Validated
@ConfigurationProperties(prefix = "gateway.pacing")
record PacingProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(days = 365) Duration maxTtl) {
}
