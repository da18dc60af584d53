package io.htgateway.shared;

import java.time.Duration;

import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sharing between replicas. The address and credentials of Redis are set by Spring's
 * <code>spring.data.redis</code>.
 *
 * @param enabled whether replicas share responses, loads and the budget in Redis
 * @param prefix prefix of all keys and channels in Redis
 * @param timeout time after which a reply of Redis is late; a late reply is still used
 * unless Redis is silent for three times as long
 */
@Validated
@ConfigurationProperties(prefix = "gateway.shared")
record SharedProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("htgw") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}",
				message = "must be 1 to 64 letters, digits and . _ : -") String prefix,
		@DefaultValue("250ms") @DurationMin(millis = 1) @DurationMax(seconds = 10) Duration timeout) {
}
