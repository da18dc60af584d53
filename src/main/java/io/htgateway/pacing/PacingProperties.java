package io.htgateway.pacing;

import java.time.Duration;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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
 * @param maxStretch longest refresh interval of a key with little demand, as a multiple
 * of the interval that all keys would have if the calls were spread evenly; 1 spreads
 * them evenly
 */
@Validated
@ConfigurationProperties(prefix = "gateway.pacing")
record PacingProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(days = 365) Duration maxTtl,
		@DefaultValue("2") @DecimalMin("1") @DecimalMax("100") double maxStretch) {
}
