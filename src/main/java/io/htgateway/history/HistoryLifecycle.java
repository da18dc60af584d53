package io.htgateway.history;

import java.time.Duration;

import io.htgateway.cache.ResponseCache;
import io.htgateway.time.RepeatedTask;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs the writer and the retention of the history. When the gateway stops, it waits for
 * the loads in flight and stores the remaining snapshots. It spools those that cannot be
 * stored in time; without a spool, they are lost.
 */
final class HistoryLifecycle implements SmartLifecycle {

	/**
	 * Stops after the server, whose phase is about 2^31, and before the connections to
	 * Redis, whose phase is 0.
	 */
	private static final int PHASE = 1_000;

	private static final Duration TICK = Duration.ofMillis(500);

	private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

	private static final Duration CLOSING_TICK = Duration.ofMillis(100);

	/**
	 * Longest time of a stop, which the grace period of the chart includes.
	 */
	private static final Duration CLOSING = Duration.ofSeconds(15);

	private final HistoryRecorder recorder;

	private final HistoryWriter writer;

	private final Backlog backlog;

	private final Spool spool;

	private final Retention retention;

	private final HistoryHealth health;

	private final ResponseCache cache;

	private final Duration closing;

	private volatile Disposable tasks = Disposables.disposed();

	/**
	 * Creates the lifecycle.
	 * @param phaseTimeout time that the framework leaves to a phase of a stop
	 */
	HistoryLifecycle(HistoryRecorder recorder, HistoryWriter writer, Backlog backlog, Spool spool, Retention retention,
			HistoryHealth health, ResponseCache cache, Duration phaseTimeout) {
		this.recorder = recorder;
		this.writer = writer;
		this.backlog = backlog;
		this.spool = spool;
		this.retention = retention;
		this.health = health;
		this.cache = cache;
		// The framework closes the stores when the phase has timed out.
		Duration limit = phaseTimeout.multipliedBy(4).dividedBy(5);
		this.closing = (limit.compareTo(CLOSING) < 0) ? limit : CLOSING;
	}

	@Override
	public void start() {
		spool.restore(backlog);
		tasks = Disposables.composite(RepeatedTask.every(TICK, () -> Mono.fromRunnable(writer::start)),
				RepeatedTask.every(RETENTION_INTERVAL, retention::apply));
	}

	@Override
	public boolean isRunning() {
		return !tasks.isDisposed();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void stop() {
		tasks.dispose();
	}

	@Override
	public void stop(Runnable stopped) {
		tasks.dispose();
		writer.close();
		Flux.interval(Duration.ZERO, CLOSING_TICK)
			.doOnNext((tick) -> writer.start())
			.takeUntil((tick) -> cache.loadsInFlight() == 0 && recorder.isIdle() && backlog.count() == 0)
			.take(closing.multipliedBy(2).dividedBy(3))
			.then(Mono.defer(() -> spool.save(backlog, health, closing.dividedBy(3))))
			.doFinally((end) -> stopped.run())
			.subscribe();
	}

}
