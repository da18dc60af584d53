package io.htgateway.shared;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.time.RepeatedTask;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveSubscription.Message;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The Redis that replicas share. During an outage it gets no command but one trial a
 * second, so that no request waits for it.
 */
public final class SharedStore implements MeterBinder, AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Timeout of a trial, in timeouts of a command, so that the first trial can connect.
	 */
	private static final int TRIAL_TIMEOUTS = 4;

	/**
	 * Most tasks that may wait for the thread of the trials, and how long the idle thread
	 * lives.
	 */
	private static final int MAX_TASKS = 100;

	private static final int SECONDS_TO_LIVE = 60;

	/**
	 * Failed trials after which another connection is made. The current one may be dead,
	 * or lead to a server that is not the right one any more.
	 */
	private static final int TRIALS_BEFORE_RECONNECT = 3;

	/**
	 * How often, and after which delay, a failed command is sent again while Redis counts
	 * as available. A lost connection is usually replaced by then.
	 */
	private static final int RETRIES = 3;

	private static final Duration RETRY_DELAY = Duration.ofMillis(250);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	private static final Script TRIAL = Script.named("trial");

	private final Commands commands;

	private final ReactiveStringRedisTemplate channels;

	private final KeyNames names;

	private final Duration timeout;

	private final Runnable reconnect;

	private final Availability availability;

	private final ReplyTimeouts replies;

	// The first trial connects, which blocks.
	private final Scheduler trialThread = Schedulers.newBoundedElastic(1, MAX_TASKS, "shared-store", SECONDS_TO_LIVE,
			true);

	private final Sinks.Empty<Void> closing = Sinks.empty();

	private final AtomicInteger failedTrials = new AtomicInteger();

	private volatile Disposable repeatedTrial = () -> {
	};

	SharedStore(ReactiveRedisConnectionFactory connections, KeyNames names, Duration timeout, Runnable reconnect) {
		this.commands = new Commands(connections);
		this.channels = new ReactiveStringRedisTemplate(connections);
		this.names = names;
		this.timeout = timeout;
		this.reconnect = reconnect;
		this.availability = new Availability(address(connections), failureWindow(timeout), System::nanoTime);
		this.replies = new ReplyTimeouts(availability, timeout);
	}

	private static String address(ReactiveRedisConnectionFactory connections) {
		boolean single = connections instanceof LettuceConnectionFactory lettuce && !lettuce.isClusterAware()
				&& !lettuce.isRedisSentinelAware();
		return single ? ((LettuceConnectionFactory) connections).getHostName() + ":"
				+ ((LettuceConnectionFactory) connections).getPort() : "several nodes";
	}

	/**
	 * Returns the names of keys and channels.
	 */
	public KeyNames names() {
		return names;
	}

	/**
	 * Returns whether Redis is available, as far as this replica knows.
	 */
	public boolean isAvailable() {
		return availability.isAvailable();
	}

	/**
	 * Registers a task that runs whenever Redis becomes available, including the first
	 * time.
	 */
	public void onAvailable(Runnable task) {
		availability.onAvailable(task);
	}

	/**
	 * Returns the result of the given script, or nothing. Uses a late reply while Redis
	 * counts as available. Fails with {@link SharedStoreUnavailable}, at once during a
	 * known outage; the script may have run nevertheless.
	 */
	public Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments) {
		return Mono.defer(() -> availability.isAvailable() ? replies.await(commands.run(script, keys, arguments))
				: Mono.error(new SharedStoreUnavailable()));
	}

	/**
	 * Runs an idempotent script. After a failure it is sent again up to three times while
	 * Redis counts as available.
	 */
	public Mono<byte[]> runIdempotent(Script script, List<String> keys, byte[]... arguments) {
		return run(script, keys, arguments).retryWhen(Retry.fixedDelay(RETRIES, atMostRetryDelay(timeout))
			.filter((failure) -> availability.isAvailable())
			.onRetryExhaustedThrow((retries, last) -> last.failure()));
	}

	/**
	 * Returns whether Redis is available. Waits during the first two seconds of an
	 * outage, which may be only a stall.
	 */
	public Mono<Boolean> awaitAvailable() {
		return Flux.interval(Duration.ZERO, POLL_INTERVAL)
			.map((tick) -> availability.isAvailable())
			.takeUntil((available) -> available || !availability.isStalled())
			.last();
	}

	/**
	 * Returns the time within which all failures count once. It is shorter than the
	 * timeout, so that a timeout counts even if it ends a little early after a late one.
	 */
	static Duration failureWindow(Duration timeout) {
		return atMostRetryDelay(timeout.dividedBy(2));
	}

	private static Duration atMostRetryDelay(Duration time) {
		return (time.compareTo(RETRY_DELAY) < 0) ? time : RETRY_DELAY;
	}

	/**
	 * Returns the messages published in the given channel from now on. Listens again
	 * whenever Redis becomes available, and may miss messages published in the meantime.
	 */
	public Flux<String> messages(String channel) {
		return Flux.defer(() -> availability.isAvailable() ? listen(channel) : Flux.empty())
			.subscribeOn(trialThread)
			.onErrorComplete()
			.repeatWhen((ends) -> ends.delayElements(INTERVAL))
			.takeUntilOther(closing.asMono());
	}

	// A dead connection sends nothing, not even an error.
	private Flux<String> listen(String channel) {
		Flux<Long> down = Flux.interval(INTERVAL).filter((tick) -> !availability.isAvailable());
		return channels.listenToChannel(channel).map(Message::getMessage).takeUntilOther(down);
	}

	/**
	 * Returns the given value as an argument of a script.
	 */
	public static byte[] argument(Object value) {
		return value.toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Starts the trials: one now, and then one a second. Waits for the first one, so that
	 * shared data is available to the first request.
	 */
	void start() {
		Mono<Void> trial = Mono.defer(this::trial).subscribeOn(trialThread);
		trial.block();
		repeatedTrial = RepeatedTask.every(INTERVAL, trialThread, () -> trial);
	}

	private Mono<Void> trial() {
		Mono<byte[]> trial = commands.run(TRIAL, List.of(names.of("trial")), argument("1"));
		Mono<byte[]> connected = connected().then(trial);
		return replies.within(trialTimeout(timeout), connected).doOnSuccess((result) -> {
			failedTrials.set(0);
			availability.trialSucceeded();
		}).doOnError((failure) -> failedTrials.incrementAndGet()).onErrorComplete().then();
	}

	// A cancelled attempt is interrupted. Its failure is not reported to the trial:
	// Reactor would log it with its trace.
	private Mono<Void> connected() {
		return Mono.create((sink) -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			sink.onCancel(() -> cancelled.set(true));
			try {
				connect();
				sink.success();
			}
			catch (RuntimeException failure) {
				if (!cancelled.get()) {
					sink.error(failure);
				}
			}
		});
	}

	private void connect() {
		if (failedTrials.get() >= TRIALS_BEFORE_RECONNECT) {
			failedTrials.set(0);
			reconnect.run();
		}
		commands.connect();
	}

	/**
	 * Returns how long a trial may take, if the given time is the timeout of any other
	 * command.
	 */
	static Duration trialTimeout(Duration timeout) {
		return timeout.multipliedBy(TRIAL_TIMEOUTS);
	}

	/**
	 * Ends all subscriptions while their connection is still open. Everything else
	 * continues for requests in flight.
	 */
	void stopMessages() {
		availability.close();
		var _ = closing.tryEmitEmpty();
	}

	@Override
	public void close() {
		repeatedTrial.dispose();
		trialThread.dispose();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.shared.available", availability, (now) -> now.isAvailable() ? 1 : 0)
			.description("1 while Redis is available")
			.register(registry);
		FunctionCounter.builder("gateway.shared.late", replies, ReplyTimeouts::late)
			.description("Replies of Redis that arrived later than gateway.shared.timeout, and were used")
			.register(registry);
	}

}
