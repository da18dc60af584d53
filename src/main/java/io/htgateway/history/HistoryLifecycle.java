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
 * the loads in flight and stores what is left; snapshots that cannot be stored in time
 * are spooled or lost.
 */
final class HistoryLifecycle implements SmartLifecycle {

	/**
	 * Before the connections to Redis and after the server, which have the phases 0 and
	 * about 2^31.
	 */
	private static final int PHASE = 1_000;

	private static final Duration TICK = Duration.ofMillis(500);

	private static final Duration RETENTION_INTERVAL = Duration.ofMinutes(30);

	private static final Duration CLOSING_TICK = Duration.ofMillis(50);

	/**
	 * Longest time for the last snapshots. The chart's grace period includes it.
	 */
	private static final Duration CLOSING = Duration.ofSeconds(15);

	private final HistoryRecorder recorder;

	private final HistoryWriter writer;

	private final Backlog backlog;

	private final Spool spool;

	private final Retention retention;

	private final HistoryHealth health;

	private final ResponseCache cache;

	private volatile Disposable tasks = Disposables.disposed();

	HistoryLifecycle(HistoryRecorder recorder, HistoryWriter writer, Backlog backlog, Spool spool, Retention retention,
			HistoryHealth health, ResponseCache cache) {
		this.recorder = recorder;
		this.writer = writer;
		this.backlog = backlog;
		this.spool = spool;
		this.retention = retention;
		this.health = health;
		this.cache = cache;
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
			.take(CLOSING)
			.then(Mono.defer(() -> spool.save(backlog, health)))
			.doFinally((end) -> {
				recorder.close();
				stopped.run();
			})
			.subscribe();
	}

}
