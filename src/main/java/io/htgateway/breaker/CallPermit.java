package io.htgateway.breaker;

import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import reactor.core.publisher.Mono;

/**
 * A permit of a {@link Breaker} for one call. It may be kept for a call that makes sense
 * only after other work, so that the work is not done for a call that is then refused.
 */
public final class CallPermit implements AutoCloseable {

	private final CircuitBreaker breaker;

	private final AtomicReference<State> state = new AtomicReference<>(State.UNUSED);

	CallPermit(CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	/**
	 * Returns the given call, whose outcome the breaker learns. A call that is cancelled
	 * leaves no trace.
	 * @throws IllegalStateException at the second call
	 */
	public <T> Mono<T> use(Mono<T> call) {
		return Mono.defer(() -> {
			if (!state.compareAndSet(State.UNUSED, State.UNDER_WAY)) {
				throw new IllegalStateException("a permit is for one call");
			}
			long start = breaker.getCurrentTimestamp();
			return call.doOnSuccess(
					(answer) -> end(State.UNDER_WAY, () -> breaker.onSuccess(since(start), breaker.getTimestampUnit())))
				.doOnError((failure) -> end(State.UNDER_WAY,
						() -> breaker.onError(since(start), breaker.getTimestampUnit(), failure)))
				.doOnCancel(() -> end(State.UNDER_WAY, breaker::releasePermission));
		});
	}

	/**
	 * Gives the permit back unless it was used.
	 */
	@Override
	public void close() {
		end(State.UNUSED, breaker::releasePermission);
	}

	private void end(State before, Runnable report) {
		if (state.compareAndSet(before, State.ENDED)) {
			report.run();
		}
	}

	private long since(long start) {
		return breaker.getCurrentTimestamp() - start;
	}

	private enum State {

		UNUSED, UNDER_WAY, ENDED

	}

}
