package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.htgateway.testing.redis.RedisServer;

/**
 * What is done to a Redis again and again, until it ends.
 */
final class Unrest {

	private static final Map<RedisServer, ScheduledExecutorService> RUNNING = new ConcurrentHashMap<>();

	private Unrest() {
	}

	/**
	 * Does the given each time behind the given pause.
	 * @param step is given its number, from 0
	 */
	static void begin(RedisServer redis, Duration pause, IntConsumer step) {
		AtomicInteger rounds = new AtomicInteger();
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
		var _ = executor.scheduleWithFixedDelay(() -> step.accept(rounds.getAndIncrement()), 0,
				Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
		RUNNING.put(redis, executor);
	}

	/**
	 * Ends it: Redis works again, and is empty.
	 */
	static void end(RedisServer redis) {
		Objects.requireNonNull(RUNNING.remove(redis)).close();
		redis.restartEmpty();
	}

}
