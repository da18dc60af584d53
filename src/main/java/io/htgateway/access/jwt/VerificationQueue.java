package io.htgateway.access.jwt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.htgateway.access.TeamRefusal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Queue of JWTs to be verified. One thread verifies them and pauses after each, so that
 * forged JWTs take at most a quarter of a processor. Claimants take turns. If too many
 * JWTs are waiting, the newest of the claimant that has the most is refused.
 */
final class VerificationQueue {

	/**
	 * Most JWTs that wait for their turn.
	 */
	static final int MAX_WAITING = 1_000;

	/**
	 * Length of a pause, as a multiple of the preceding verification.
	 */
	private static final int PAUSE = 3;

	/**
	 * Longest pause: a turn that took long was held up, and did not use the processor.
	 */
	private static final Duration MAX_PAUSE = Duration.ofMillis(50);

	private final Turns<MonoSink<Void>> waiting = new Turns<>();

	private final Scheduler thread;

	private boolean running;

	VerificationQueue(Scheduler thread) {
		this.thread = thread;
	}

	/**
	 * Runs a verification when it is the claimant's turn. Fails with
	 * {@link TeamRefusal.TooManyJwts} if too many are waiting.
	 * @param claimant names of the claimed identity and its parts, the most important
	 * first
	 */
	<T> Mono<T> inTurn(List<String> claimant, Mono<T> verification) {
		return Mono.<Void>create((turn) -> join(claimant, turn))
			.then(verification)
			// The request continues elsewhere, so that this thread only verifies.
			.publishOn(Schedulers.parallel());
	}

	private void join(List<String> claimant, MonoSink<Void> turn) {
		MonoSink<Void> refused = add(claimant, turn);
		if (refused != null) {
			refused.error(new TeamRefusal.TooManyJwts());
		}
	}

	private synchronized @Nullable MonoSink<Void> add(List<String> claimant, MonoSink<Void> turn) {
		if (!running) {
			running = true;
			thread.schedule(this::next);
		}
		return waiting.add(claimant, turn, MAX_WAITING);
	}

	private void next() {
		MonoSink<Void> turn = take();
		if (turn == null) {
			return;
		}
		long start = System.nanoTime();
		try {
			turn.success();
		}
		finally {
			long pause = Math.min(PAUSE * (System.nanoTime() - start), MAX_PAUSE.toNanos());
			thread.schedule(this::next, pause, TimeUnit.NANOSECONDS);
		}
	}

	private synchronized @Nullable MonoSink<Void> take() {
		MonoSink<Void> turn = waiting.poll();
		running = turn != null;
		return turn;
	}

}
