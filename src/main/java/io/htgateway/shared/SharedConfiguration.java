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
 * Connects to Redis where replicas share anything. Nothing of Redis is built otherwise.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.shared.enabled")
@Import({ DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class })
class SharedConfiguration {

	/**
	 * Commands that may wait to be written.
	 */
	private static final int QUEUE = 10_000;

	// Commands are not kept for a connection that is to come: who sent them has given up
	// by then, and a late one could do harm.
	@Bean
	LettuceClientOptionsBuilderCustomizer sharedClientOptions(SharedProperties properties) {
		return (options) -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(QUEUE)
			.socketOptions(SocketOptions.builder().connectTimeout(properties.timeout()).keepAlive(true).build());
	}

	// The time to log in is that of a trial, in which it is done.
	@Bean
	LettuceClientConfigurationBuilderCustomizer sharedClientTimeout(SharedProperties properties) {
		return (client) -> client.commandTimeout(SharedStore.patience(properties.timeout()));
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
	ApplicationListener<ContextClosedEvent> messagesEnd(SharedStore store) {
		return (closed) -> store.endMessages();
	}

}
