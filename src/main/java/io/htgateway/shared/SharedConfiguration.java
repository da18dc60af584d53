package io.htgateway.shared;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.Delay;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connects to Redis if sharing is on. Otherwise no part of Redis is created.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
@Import({ DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class })
class SharedConfiguration {

	/**
	 * Most commands that may wait to be written.
	 */
	private static final int QUEUE = 10_000;

	// Commands are rejected while there is no connection. Their sender has given up by
	// the time there is one, and a late command could do harm.
	@Bean
	LettuceClientOptionsBuilderCustomizer sharedClientOptions(SharedProperties properties) {
		return (options) -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(QUEUE)
			.socketOptions(SocketOptions.builder().connectTimeout(properties.timeout()).keepAlive(true).build());
	}

	// This timeout also limits the login, which is part of a trial.
	@Bean
	LettuceClientConfigurationBuilderCustomizer sharedClientTimeout(SharedProperties properties) {
		return (client) -> client.commandTimeout(SharedStore.trialTimeout(properties.timeout()));
	}

	@Bean
	ClientResourcesBuilderCustomizer sharedClientReconnects() {
		return (resources) -> resources.reconnectDelay(
				Delay.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(1), 100, TimeUnit.MILLISECONDS));
	}

	@Bean(initMethod = "start")
	SharedStore sharedStore(LettuceConnectionFactory connections, SharedProperties properties) {
		return new SharedStore(connections, new KeyNames(properties.prefix()), properties.timeout(),
				connections::resetConnection);
	}

	@Bean
	ApplicationListener<ContextClosedEvent> stopMessagesOnShutdown(SharedStore store) {
		return (closed) -> store.stopMessages();
	}

}
