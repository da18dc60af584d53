package io.htgateway.breaker;

import java.util.concurrent.atomic.AtomicReference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import reactor.core.publisher.Mono;

/**
 * The right to make one call that a {@link Breaker} protects. Reserve it before work that
 * only prepares the call: without a permit the work would be wasted.
 */
public final class CallPermit implements AutoCloseable {

	private final CircuitBreaker breaker;

	private final AtomicReference<State> state = new AtomicReference<>(State.UNUSED);

	CallPermit(CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	/**
	 * Returns the given call and reports its outcome to the breaker. A cancelled call is
	 * not counted. Fails with {@link IllegalStateException} if the permit was used or
	 * closed before.
	 */
	public <T> Mono<T> use(Mono<T> call) {
		return Mono.defer(() -> {
			if (!state.compareAndSet(State.UNUSED, State.IN_FLIGHT)) {
				throw new IllegalStateException("a permit is valid for one call");
			}
			long start = breaker.getCurrentTimestamp();
			return call
				.doOnSuccess((response) -> end(State.IN_FLIGHT,
						() -> breaker.onSuccess(since(start), breaker.getTimestampUnit())))
				.doOnError((failure) -> end(State.IN_FLIGHT,
						() -> breaker.onError(since(start), breaker.getTimestampUnit(), failure)))
				.doOnCancel(() -> end(State.IN_FLIGHT, breaker::releasePermission));
		});
	}

	/**
	 * Gives the permit back if it is unused.
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

		UNUSED, IN_FLIGHT, ENDED

	}

}
