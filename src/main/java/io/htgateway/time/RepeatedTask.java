package io.htgateway.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Repeats a task. Runs never overlap, and each may take at most a minute. No failure of a
 * run ends the repetition, not even an error of the virtual machine, which would silently
 * end a Reactor sequence.
 */
public final class RepeatedTask {

	private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

	/**
	 * Longest time of a run, much more than it needs: a trial of Redis may take at most
	 * 40 s. Without a limit, an error of the virtual machine on another thread could
	 * leave a run without an end.
	 */
	static final Duration LIMIT = Duration.ofMinutes(1);

	private final Mono<Void> attempt;

	private final AtomicBoolean running = new AtomicBoolean();

	// Failures are logged once until a run succeeds.
	private final AtomicBoolean failing = new AtomicBoolean();

	private final Disposable.Swap run = Disposables.swap();

	private RepeatedTask(Scheduler scheduler, Supplier<Mono<Void>> task) {
		// Created here, because its first creation loads classes, which blocks.
		this.attempt = Mono.defer(task).timeout(LIMIT, scheduler).doFinally((end) -> running.set(false));
	}

	/**
	 * Repeats the given task until the returned subscription is disposed.
	 */
	public static Disposable every(Duration interval, Supplier<Mono<Void>> task) {
		return every(interval, Schedulers.parallel(), task);
	}

	/**
	 * Repeats the given task on the given scheduler.
	 */
	public static Disposable every(Duration interval, Scheduler scheduler, Supplier<Mono<Void>> task) {
		RepeatedTask repeated = new RepeatedTask(scheduler, task);
		long millis = interval.toMillis();
		return Disposables.composite(
				scheduler.schedulePeriodically(repeated::run, millis, millis, TimeUnit.MILLISECONDS), repeated.run);
	}

	private void run() {
		if (!running.compareAndSet(false, true)) {
			return;
		}
		try {
			run.update(attempt.subscribe((nothing) -> {
			}, this::failed, () -> failing.set(false)));
		}
		catch (RuntimeException | Error failure) {
			running.set(false);
			failed(failure);
		}
	}

	private void failed(Throwable failure) {
		if (!failing.getAndSet(true)) {
			LOG.error("A repeated task failed; it will run again: cause={}", failure.getClass().getSimpleName(),
					failure);
		}
	}

	/**
	 * Runs the given task. A failure is logged and not thrown.
	 */
	public static void attempt(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error failure) {
			LOG.error("A task failed: cause={}", failure.getClass().getSimpleName(), failure);
		}
	}

}
