package io.htgateway.shared.stream;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.htgateway.stream.poll.JournalException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Sequential runs of a task with request collapsing. Requests that arrive while a run is
 * in flight are collapsed into the next run, which starts after all of them.
 */
final class JoinedRuns {

	/**
	 * Timeout of a run, so that callers never wait indefinitely.
	 */
	static final Duration LOST = Duration.ofSeconds(30);

	private final Mono<Void> task;

	private Sinks.@Nullable Empty<Void> running;

	private Sinks.@Nullable Empty<Void> waiting;

	JoinedRuns(Mono<Void> task) {
		this.task = task.timeout(LOST)
			.onErrorMap(TimeoutException.class,
					(lost) -> new JournalException("the journal was not read in time", lost));
	}

	/**
	 * Returns the end of a run that has not begun yet. A run goes on even if nobody waits
	 * for its end.
	 */
	Mono<Void> next() {
		return Mono.defer(() -> {
			Sinks.Empty<Void> end = Sinks.empty();
			Sinks.Empty<Void> joined = join(end);
			if (joined == end && isRunning(end)) {
				run(end);
			}
			return joined.asMono();
		});
	}

	private synchronized Sinks.Empty<Void> join(Sinks.Empty<Void> end) {
		if (running == null) {
			running = end;
			return end;
		}
		if (waiting == null) {
			waiting = end;
		}
		return waiting;
	}

	private synchronized boolean isRunning(Sinks.Empty<Void> end) {
		return running == end;
	}

	private void run(Sinks.Empty<Void> end) {
		task.subscribe((nothing) -> {
		}, (failure) -> {
			proceed();
			end.tryEmitError(failure);
		}, () -> {
			proceed();
			end.tryEmitEmpty();
		});
	}

	private void proceed() {
		Sinks.Empty<Void> next = advance();
		if (next != null) {
			run(next);
		}
	}

	private synchronized Sinks.@Nullable Empty<Void> advance() {
		running = waiting;
		waiting = null;
		return running;
	}

}
