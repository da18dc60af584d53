package io.htgateway.state;

import java.nio.file.Path;

import io.htgateway.secret.Secret;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sources of the state clock.
 *
 * @param webhook the webhook of the upstream
 * @param maxShare largest part of the plan that is spent on the status endpoint, at most
 * 0.5; 0 turns it off
 */
@Validated
@ConfigurationProperties(prefix = "gateway.state")
public record StateProperties(@DefaultValue Webhook webhook,
		@DefaultValue("0.05") @DecimalMin("0.0") @DecimalMax("0.5") double maxShare) {

	/**
	 * The webhook. It is off without a secret.
	 *
	 * @param secret bearer token that HyperTracker must send, of 16 to 512 characters;
	 * the webhook is off without it
	 * @param secretFile file that contains only the bearer token, instead of
	 * gateway.state.webhook.secret; read again when it changes
	 */
	public record Webhook(@DefaultValue("") Secret secret, @Nullable Path secretFile) {
	}

}
