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
 * A circuit breaker: lets no calls through for a while when most of the latest ones
 * failed or were slow, and then a few to see. A failure that does not count, and a call
 * that is cancelled, leave no trace in it.
 */
public final class Breaker implements MeterBinder {

	private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

	private static final int WINDOW = 50;

	private static final int MIN_CALLS = 20;

	/**
	 * Percentage of the window. An upstream that fails four times in ten is still worth
	 * calling, and must not make the breaker open and close all the time.
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
	 * A closed breaker.
	 * @param name what it protects from calls
	 * @param slow duration beyond which a call counts as slow
	 * @param counts whether a failure counts
	 */
	public Breaker(String name, Duration slow, Predicate<Throwable> counts, InstantSource clock) {
		this.clock = clock;
		this.breaker = CircuitBreaker.of(name, config(slow, counts, clock));
		this.breaker.getEventPublisher().onStateTransition((event) -> changed(event.getStateTransition()));
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
	 * The given call, or at once the given refusal, made from the time until another try
	 * makes sense.
	 */
	public <T> Mono<T> protect(Mono<T> call, Function<Duration, ? extends RuntimeException> refusal) {
		return Mono.using(() -> reserve(refusal), (permit) -> permit.use(call));
	}

	/**
	 * Whether it is open and lets nothing through yet.
	 */
	public boolean isOpen() {
		return breaker.getState() == CircuitBreaker.State.OPEN && !clock.instant().isAfter(openUntil);
	}

	/**
	 * Returns a permit for one call that is made later. Close it in the end: a permit
	 * that was not used is free for others again.
	 * @throws X the given refusal, made from the time until another try makes sense
	 */
	public <X extends RuntimeException> CallPermit reserve(Function<Duration, X> refusal) {
		if (!breaker.tryAcquirePermission()) {
			throw refusal.apply(retryAfter());
		}
		return new CallPermit(breaker);
	}

	/**
	 * Time until another try makes sense.
	 */
	public Duration retryAfter() {
		Instant now = clock.instant();
		Duration left = now.isBefore(openUntil) ? Duration.between(now, openUntil) : Duration.ZERO;
		return (left.compareTo(MIN_WAIT) > 0) ? left : MIN_WAIT;
	}

	/**
	 * What it protects from calls.
	 */
	public String name() {
		return breaker.getName();
	}

	/**
	 * Closes it, and forgets all calls.
	 */
	public void reset() {
		breaker.reset();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge
			.builder("gateway.breaker.open", breaker,
					(current) -> (current.getState() == CircuitBreaker.State.CLOSED) ? 0 : 1)
			.description("1 while no calls pass, or only a few to see")
			.tag("name", breaker.getName())
			.register(registry);
	}

	private void changed(StateTransition transition) {
		switch (transition.getToState()) {
			case OPEN -> {
				openUntil = clock.instant().plusMillis(OPEN.apply(openings.incrementAndGet()));
				if (transition.getFromState() == CircuitBreaker.State.CLOSED) {
					LOG.warn("Breaker opened: name={} failed={}% slow={}%", breaker.getName(),
							(int) breaker.getMetrics().getFailureRate(), (int) breaker.getMetrics().getSlowCallRate());
				}
			}
			case CLOSED -> {
				LOG.info("Breaker closed: name={} openings={}", breaker.getName(), openings.getAndSet(0));
			}
			default -> LOG.debug("Breaker changed: name={} transition={}", breaker.getName(), transition);
		}
	}

}
