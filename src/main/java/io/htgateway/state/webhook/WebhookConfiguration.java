package io.htgateway.state.webhook;

import io.htgateway.state.StateClock;
import io.htgateway.state.StateProperties;
import io.htgateway.time.Dates;
import io.htgateway.web.filter.Webhook;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

/**
 * Configures the webhook, if it has a secret.
 */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

	@Bean
	Webhook stateWebhook(StateProperties properties, StateClock state, Dates dates, Scheduler secretFileScheduler) {
		return new StateWebhook(WebhookSecret.of(properties.webhook(), secretFileScheduler).orElse(null), state,
				dates.clock());
	}

}
