package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.breaker.Breaker;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamRefusal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Mono;

/**
 * Lets calls of the upstream pass, or refuses them while calling makes no sense: the
 * upstream asked for a pause, refused the key, or fails.
 */
public final class UpstreamGuard implements MeterBinder {

	private final CoolDown coolDown;

	private final KeyLatch keyLatch;

	private final Breaker breaker;

	/**
	 * A guard that lets everything pass until it learns better.
	 */
	public UpstreamGuard(Breaker breaker, InstantSource clock) {
		this.coolDown = new CoolDown(clock);
		this.keyLatch = new KeyLatch(clock);
		this.breaker = breaker;
	}

	/**
	 * The given call, or a {@link UpstreamRefusal} at once. Learns from how the call
	 * ends.
	 */
	public <T> Mono<T> protect(Mono<T> call) {
		return Mono.defer(() -> {
			coolDown.admit();
			KeyLatch.Pass pass = keyLatch.admit();
			return breaker.protect(call, UpstreamRefusal.BreakerOpen::new)
				.doOnSuccess((answer) -> keyLatch.accepted(pass))
				.doOnError((failure) -> learn(failure, pass));
		});
	}

	/**
	 * Lets calls pass again that were refused because of the former key.
	 */
	public void keyChanged() {
		keyLatch.keyChanged();
	}

	/**
	 * What is left of the pause that the upstream asked for.
	 */
	public Duration pauseLeft() {
		return coolDown.left();
	}

	/**
	 * Whether the upstream refuses the key, as far as is known.
	 */
	public boolean isKeyRefused() {
		return keyLatch.isClosed();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.upstream.cooldown", coolDown, (pause) -> pause.left().toMillis() / 1000.0)
			.description("What is left of the pause that the upstream asked for")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("gateway.upstream.key.refused", keyLatch, (latch) -> latch.isClosed() ? 1 : 0)
			.description("1 while the upstream refuses the API key")
			.register(registry);
	}

	private void learn(Throwable failure, KeyLatch.Pass pass) {
		switch (failure) {
			case UpstreamException.CredentialsRefused refused -> keyLatch.close(refused.status(), pass);
			case UpstreamException.RateLimited limited -> coolDown.begin(limited.retryAfter());
			case UpstreamException.Rejected _ -> keyLatch.accepted(pass);
			case UpstreamException sent when sent.wasCalled() -> {
			}
			default -> {
				keyLatch.unsent(pass);
				coolDown.unsent();
			}
		}
	}

	/**
	 * Whether the given failure is the upstream's own, and counts for the breaker.
	 */
	public static boolean isFault(Throwable failure) {
		return switch (failure) {
			case UpstreamException.Failed failed -> failed.status() >= 500;
			case UpstreamException.Unreachable _, UpstreamException.TimedOut _ -> true;
			default -> false;
		};
	}

}
