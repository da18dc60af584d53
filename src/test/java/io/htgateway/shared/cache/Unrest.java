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
 * A fault that is repeated at a Redis until it is ended.
 */
final class Unrest {

	private static final Map<RedisServer, ScheduledExecutorService> RUNNING = new ConcurrentHashMap<>();

	private Unrest() {
	}

	/**
	 * Repeats the given step, with the given pause after each.
	 * @param step gets its number, from 0
	 */
	static void begin(RedisServer redis, Duration pause, IntConsumer step) {
		AtomicInteger rounds = new AtomicInteger();
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
		var _ = executor.scheduleWithFixedDelay(() -> step.accept(rounds.getAndIncrement()), 0,
				Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
		RUNNING.put(redis, executor);
	}

	/**
	 * Ends the fault: Redis works again, and is empty.
	 */
	static void end(RedisServer redis) {
		Objects.requireNonNull(RUNNING.remove(redis)).close();
		redis.restartEmpty();
	}

}
