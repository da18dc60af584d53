package io.htgateway.breaker;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import reactor.core.publisher.Mono;

/**
 * A permit of a {@link Breaker} for one call. It is kept for a call that makes sense only
 * after other work, so that the work is not done for a call that is then refused.
 */
public final class CallPermit implements AutoCloseable {

	private final CircuitBreaker breaker;

	private final AtomicBoolean settled = new AtomicBoolean();

	private final AtomicBoolean used = new AtomicBoolean();

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
			if (!used.compareAndSet(false, true)) {
				throw new IllegalStateException("a permit is for one call");
			}
			long start = breaker.getCurrentTimestamp();
			return call.doOnSuccess((answer) -> {
				if (settle()) {
					breaker.onSuccess(since(start), breaker.getTimestampUnit());
				}
			}).doOnError((failure) -> {
				if (settle()) {
					breaker.onError(since(start), breaker.getTimestampUnit(), failure);
				}
			}).doOnCancel(this::release);
		});
	}

	/**
	 * Gives the permit back unless it was used.
	 */
	@Override
	public void close() {
		if (used.compareAndSet(false, true)) {
			release();
		}
	}

	private void release() {
		if (settle()) {
			breaker.releasePermission();
		}
	}

	private boolean settle() {
		return settled.compareAndSet(false, true);
	}

	private long since(long start) {
		return breaker.getCurrentTimestamp() - start;
	}

}
