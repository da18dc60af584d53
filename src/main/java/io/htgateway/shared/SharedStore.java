package io.htgateway.shared;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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
 * The Redis that replicas share. While it cannot be used it is not asked, but for one
 * trial a second: nobody waits for it then.
 */
public final class SharedStore implements MeterBinder, AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * How much longer a trial may take, so that the first one can connect.
	 */
	private static final int PATIENCE = 4;

	/**
	 * Tasks that may wait for the thread of the trials, and how long it is kept idle.
	 */
	private static final int TASKS = 100;

	private static final int SECONDS_TO_LIVE = 60;

	/**
	 * Failed trials after which another connection is made: the one there may be dead, or
	 * lead to a server that is not the right one any more.
	 */
	private static final int PATIENT_TRIALS = 3;

	/**
	 * Number of times, and delay, with which a failed command is sent again while Redis
	 * counts as available. A lost connection is usually replaced by then.
	 */
	private static final int RETRIES = 3;

	private static final Duration RETRY_DELAY = Duration.ofMillis(250);

	private static final Duration POLL = Duration.ofMillis(50);

	private static final Script TRIAL = Script.named("trial");

	private final Commands commands;

	private final ReactiveStringRedisTemplate channels;

	private final KeyNames names;

	private final Duration timeout;

	private final Runnable reconnect;

	private final Availability availability;

	private final ReplyTimeouts answers;

	// To connect blocks, which the first trial does.
	private final Scheduler trials = Schedulers.newBoundedElastic(1, TASKS, "shared-store", SECONDS_TO_LIVE, true);

	private final Sinks.Empty<Void> closing = Sinks.empty();

	private final AtomicInteger failedTrials = new AtomicInteger();

	private volatile Disposable trying = () -> {
	};

	SharedStore(ReactiveRedisConnectionFactory connections, KeyNames names, Duration timeout, Runnable reconnect) {
		this.commands = new Commands(connections);
		this.channels = new ReactiveStringRedisTemplate(connections);
		this.names = names;
		this.timeout = timeout;
		this.reconnect = reconnect;
		this.availability = new Availability(address(connections), moment(timeout), System::nanoTime);
		this.answers = new ReplyTimeouts(availability, timeout);
	}

	private static String address(ReactiveRedisConnectionFactory connections) {
		boolean single = connections instanceof LettuceConnectionFactory lettuce && !lettuce.isClusterAware()
				&& !lettuce.isRedisSentinelAware();
		return single ? ((LettuceConnectionFactory) connections).getHostName() + ":"
				+ ((LettuceConnectionFactory) connections).getPort() : "several nodes";
	}

	/**
	 * The names of keys and channels.
	 */
	public KeyNames names() {
		return names;
	}

	/**
	 * Whether it can be used, as far as is known.
	 */
	public boolean isAvailable() {
		return availability.isUp();
	}

	/**
	 * Has the given task run whenever it can be used again, the first time included.
	 */
	public void onReturn(Runnable task) {
		availability.onReturn(task);
	}

	/**
	 * Returns the result of the given script, or nothing. Waits for a late answer while
	 * Redis counts as available. Fails with {@link SharedStoreUnavailable}, at once if
	 * Redis is known to be unavailable; the script may have run nevertheless.
	 */
	public Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments) {
		return Mono.defer(() -> availability.isUp() ? answers.await(commands.run(script, keys, arguments))
				: Mono.error(new SharedStoreUnavailable()));
	}

	/**
	 * Runs a script whose repetition has no further effect. It is sent again a few times
	 * if it fails while Redis counts as available.
	 */
	public Mono<byte[]> runAgain(Script script, List<String> keys, byte[]... arguments) {
		return run(script, keys, arguments).retryWhen(Retry.fixedDelay(RETRIES, atMostRetryDelay(timeout))
			.filter((failure) -> availability.isUp())
			.onRetryExhaustedThrow((retries, last) -> last.failure()));
	}

	/**
	 * Returns whether Redis is available. Waits during the first two seconds of an
	 * outage, which may be only a stall.
	 */
	public Mono<Boolean> returnsSoon() {
		return Flux.interval(Duration.ZERO, POLL)
			.map((tick) -> availability.isUp())
			.takeUntil((up) -> up || !availability.isStalled())
			.last();
	}

	/**
	 * Time within which all failures count once. A timeout may end a little early after a
	 * late one, and counts nevertheless.
	 */
	static Duration moment(Duration timeout) {
		return atMostRetryDelay(timeout.dividedBy(2));
	}

	private static Duration atMostRetryDelay(Duration time) {
		return (time.compareTo(RETRY_DELAY) < 0) ? time : RETRY_DELAY;
	}

	/**
	 * What is published in the given channel from now on. Begins again whenever Redis can
	 * be used again, and may miss what was published before.
	 */
	public Flux<String> messages(String channel) {
		return Flux.defer(() -> availability.isUp() ? listen(channel) : Flux.empty())
			.subscribeOn(trials)
			.onErrorComplete()
			.repeatWhen((ends) -> ends.delayElements(INTERVAL))
			.takeUntilOther(closing.asMono());
	}

	// A connection that is dead says nothing, not even that.
	private Flux<String> listen(String channel) {
		Flux<Long> down = Flux.interval(INTERVAL).filter((tick) -> !availability.isUp());
		return channels.listenToChannel(channel).map(Message::getMessage).takeUntilOther(down);
	}

	/**
	 * The given text as an argument.
	 */
	public static byte[] argument(Object value) {
		return value.toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Tries it now, and from then on once a second. Waits for the first trial: what is
	 * shared is then there for the first request.
	 */
	void start() {
		Mono<Void> trial = Mono.defer(this::trial).subscribeOn(trials);
		trial.block();
		trying = RepeatedTask.every(INTERVAL, trials, () -> trial);
	}

	private Mono<Void> trial() {
		Mono<byte[]> trial = commands.run(TRIAL, List.of(names.of("trial")), argument("1"));
		Mono<byte[]> connected = connected().then(trial);
		return answers.within(patience(timeout), connected).doOnSuccess((result) -> {
			failedTrials.set(0);
			availability.trialSucceeded();
		}).doOnError((failure) -> failedTrials.incrementAndGet()).onErrorComplete().then();
	}

	// An attempt that nobody waits for any more is interrupted, and its failure is none
	// of
	// this trial: Reactor would log it with its trace.
	private Mono<Void> connected() {
		return Mono.create((sink) -> {
			AtomicBoolean given = new AtomicBoolean();
			sink.onCancel(() -> given.set(true));
			try {
				connect();
				sink.success();
			}
			catch (RuntimeException failure) {
				if (!given.get()) {
					sink.error(failure);
				}
			}
		});
	}

	private void connect() {
		if (failedTrials.get() >= PATIENT_TRIALS) {
			failedTrials.set(0);
			reconnect.run();
		}
		commands.connect();
	}

	/**
	 * How long a trial may take, where any other command has the given time.
	 */
	static Duration patience(Duration timeout) {
		return timeout.multipliedBy(PATIENCE);
	}

	/**
	 * Ends all messages, while their connection is still there. Everything else goes on
	 * for requests that are under way.
	 */
	void endMessages() {
		availability.end();
		var _ = closing.tryEmitEmpty();
	}

	@Override
	public void close() {
		trying.dispose();
		trials.dispose();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.shared.available", availability, (now) -> now.isUp() ? 1 : 0)
			.description("1 while Redis can be used")
			.register(registry);
		FunctionCounter.builder("gateway.shared.late", answers, ReplyTimeouts::late)
			.description("ReplyTimeouts of Redis that came later than gateway.shared.timeout, and were used")
			.register(registry);
	}

}
