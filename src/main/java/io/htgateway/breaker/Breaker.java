package io.htgateway.breaker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A circuit breaker. It opens when most of the latest calls failed or were slow, refuses
 * calls for a while, and then permits a few probes (half-open). Cancelled calls and
 * failures that do not count do not change it.
 */
public final class Breaker implements MeterBinder {

	private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

	private static final int WINDOW = 50;

	private static final int MIN_CALLS = 20;

	/**
	 * Percentage of failed or slow calls in the window at which it opens. An upstream
	 * that fails four times in ten is still worth calling, and must not make the breaker
	 * open and close all the time.
	 */
	private static final int THRESHOLD = 75;

	private static final int PROBES = 3;

	private static final IntervalFunction OPEN = IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(10), 2,
			Duration.ofSeconds(60));

	private static final Duration MIN_WAIT = Duration.ofSeconds(1);

	private final AtomicInteger openings = new AtomicInteger();

	private final CircuitBreaker breaker;

	private final InstantSource clock;

	private volatile Instant openUntil = Instant.MIN;

	/**
	 * Creates a closed breaker.
	 * @param name name of the server that it protects, for logs and metrics
	 * @param slow duration beyond which a call counts as slow
	 * @param counts returns whether a failure counts
	 */
	public Breaker(String name, Duration slow, Predicate<Throwable> counts, InstantSource clock) {
		this.clock = clock;
		this.breaker = CircuitBreaker.of(name, config(slow, counts, clock));
		this.breaker.getEventPublisher().onStateTransition((event) -> applyTransition(event.getStateTransition()));
	}

	private static CircuitBreakerConfig config(Duration slow, Predicate<Throwable> counts, InstantSource clock) {
		return CircuitBreakerConfig.custom()
			.slidingWindow(WINDOW, MIN_CALLS, SlidingWindowType.COUNT_BASED,
					SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.failureRateThreshold(THRESHOLD)
			.slowCallRateThreshold(THRESHOLD)
			.slowCallDurationThreshold(slow)
			.permittedNumberOfCallsInHalfOpenState(PROBES)
			.waitIntervalFunctionInOpenState(OPEN)
			.recordException(counts)
			.ignoreException(counts.negate())
			.clock(clock.withZone(ZoneOffset.UTC))
			.currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
			.writableStackTraceEnabled(false)
			.build();
	}

	/**
	 * Returns the given call, which fails at once with the given refusal while no call is
	 * permitted.
	 * @param refusal creates the refusal from the time to wait before another call
	 */
	public <T> Mono<T> protect(Mono<T> call, Function<Duration, ? extends RuntimeException> refusal) {
		return Mono.using(() -> reserve(refusal), (permit) -> permit.use(call));
	}

	/**
	 * Returns whether it is open and does not permit probes yet.
	 */
	public boolean isOpen() {
		return breaker.getState() == CircuitBreaker.State.OPEN && !clock.instant().isAfter(openUntil);
	}

	/**
	 * Returns a permit for one later call. Close it in any case: an unused permit becomes
	 * available to other calls.
	 * @param refusal creates the refusal from the time to wait before another call
	 * @throws X the given refusal, if no call is permitted
	 */
	public <X extends RuntimeException> CallPermit reserve(Function<Duration, X> refusal) {
		if (!breaker.tryAcquirePermission()) {
			throw refusal.apply(retryAfter());
		}
		return new CallPermit(breaker);
	}

	/**
	 * Returns the time to wait before another call, at least one second.
	 */
	public Duration retryAfter() {
		Instant now = clock.instant();
		Duration left = now.isBefore(openUntil) ? Duration.between(now, openUntil) : Duration.ZERO;
		return (left.compareTo(MIN_WAIT) > 0) ? left : MIN_WAIT;
	}

	/**
	 * Returns the name of the server that it protects.
	 */
	public String name() {
		return breaker.getName();
	}

	/**
	 * Closes the breaker and clears its window of calls.
	 */
	public void reset() {
		breaker.reset();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge
			.builder("gateway.breaker.open", breaker,
					(current) -> (current.getState() == CircuitBreaker.State.CLOSED) ? 0 : 1)
			.description("1 while the breaker is open or half-open")
			.tag("name", breaker.getName())
			.register(registry);
	}

	private void applyTransition(StateTransition transition) {
		switch (transition.getToState()) {
			case OPEN -> {
				openUntil = clock.instant().plusMillis(OPEN.apply(openings.incrementAndGet()));
				if (transition.getFromState() == CircuitBreaker.State.CLOSED) {
					LOG.warn("Breaker opened: name={} failed={}% slow={}%; refusing calls, then trying a few",
							breaker.getName(), (int) breaker.getMetrics().getFailureRate(),
							(int) breaker.getMetrics().getSlowCallRate());
				}
			}
			case CLOSED -> {
				LOG.info("Breaker closed: name={} openings={}; calls resume", breaker.getName(), openings.getAndSet(0));
			}
			default -> LOG.debug("Breaker changed state: name={} transition={}", breaker.getName(), transition);
		}
	}

}
