package io.htgateway.shared;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;

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

	@Bean(initMethod = "start")
	SharedStore sharedStore(ReactiveRedisConnectionFactory connections, SharedProperties properties) {
		RedisSerializationContext<String, byte[]> serialization = RedisSerializationContext
			.<String, byte[]>newSerializationContext(RedisSerializer.string())
			.value(RedisSerializer.byteArray())
			.hashKey(RedisSerializer.string())
			.hashValue(RedisSerializer.byteArray())
			.build();
		return new SharedStore(new ReactiveRedisTemplate<>(connections, serialization),
				new KeyNames(properties.prefix()), properties.timeout());
	}

	@Bean
	ApplicationListener<ContextClosedEvent> messagesEnd(SharedStore store) {
		return (closed) -> store.endMessages();
	}

}
