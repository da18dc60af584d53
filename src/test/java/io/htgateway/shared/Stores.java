package io.htgateway.shared;

import java.time.Duration;

import io.htgateway.testing.redis.RedisServer;
import io.lettuce.core.ClientOptions;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A test's Redis as one of several replicas sees it.
 *
 * @param store the store of the replica
 * @param connections connections of the replica
 */
public record Stores(SharedStore store, LettuceConnectionFactory connections) implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	/**
	 * Connects one replica.
	 */
	public static Stores connect(RedisServer redis, String prefix) {
		return connect(redis.port(), prefix);
	}

	static Stores connect(int port, String prefix) {
		return connect(port, prefix, TIMEOUT);
	}

	/**
	 * Connects one replica with the given timeout.
	 */
	public static Stores connect(int port, String prefix, Duration timeout) {
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.commandTimeout(SharedStore.trialTimeout(timeout))
			.clientOptions(ClientOptions.builder()
				.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
				.build())
			.build();
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port), client);
		connections.afterPropertiesSet();
		connections.start();
		SharedStore store = new SharedStore(connections, new KeyNames(prefix), timeout, connections::resetConnection);
		store.start();
		return new Stores(store, connections);
	}

	@Override
	public void close() {
		store.close();
		connections.destroy();
	}

}
