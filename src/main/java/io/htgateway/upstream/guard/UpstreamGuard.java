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

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final CoolDown coolDown;

	private final KeyLatch keyLatch;

	private final Breaker breaker;

	private final Replicas replicas;

	private volatile String key = "";

	private volatile Runnable keyHint = () -> {
	};

	/**
	 * A guard that lets everything pass until it learns better, or another replica does.
	 */
	public UpstreamGuard(Breaker breaker, InstantSource clock, Replicas replicas) {
		this.coolDown = new CoolDown(clock);
		this.keyLatch = new KeyLatch(clock);
		this.breaker = breaker;
		this.replicas = replicas;
	}

	/**
	 * The given call, or a {@link UpstreamRefusal} at once. Learns from how the call
	 * ends.
	 */
	public <T> Mono<T> protect(Mono<T> call) {
		return Mono.defer(() -> {
			boolean afterPause = coolDown.admit();
			KeyLatch.Pass pass = keyLatch.admit();
			Mono<T> guarded = breaker.protect(call, UpstreamRefusal.BreakerOpen::new)
				.doOnSuccess((answer) -> accepted(pass))
				.doOnError((failure) -> learn(failure, pass));
			return (afterPause || KeyLatch.isProbe(pass)) ? permission(afterPause, pass).then(guarded) : guarded;
		});
	}

	// The places that this replica has of its own are those of all. Where nobody knows of
	// the others, it has them alone.
	private Mono<Void> permission(boolean afterPause, KeyLatch.Pass pass) {
		Mono<Boolean> ramp = afterPause ? replicas.admitsAfterPause() : Mono.just(true);
		Mono<Boolean> probe = KeyLatch.isProbe(pass) ? replicas.admitsProbe(key) : Mono.just(true);
		return ramp.onErrorReturn(true).filter(Boolean::booleanValue).switchIfEmpty(Mono.error(() -> {
			keyLatch.unsent(pass);
			return new UpstreamRefusal.CoolingDown(SECOND);
		}))
			.then(Mono.defer(() -> probe.onErrorReturn(true)))
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(() -> new UpstreamRefusal.KeyRefused(MINUTE)))
			.then();
	}

	/**
	 * Names the key that is in use.
	 * @param mark tells nothing of the key but whether it is the same
	 */
	public void useKey(String mark) {
		key = mark;
	}

	/**
	 * Lets calls pass again that were refused because of the former key.
	 * @param mark of the new one
	 */
	public void keyChanged(String mark) {
		keyLatch.keyChanged();
		key = mark;
		replicas.keyChanged();
	}

	/**
	 * Has the given task run when another replica has another key.
	 */
	public void onKeyHint(Runnable task) {
		keyHint = task;
	}

	/**
	 * Another replica has another key.
	 */
	public void keyHint() {
		keyHint.run();
	}

	/**
	 * Does as other replicas have learned.
	 */
	public Mono<Void> synchronize() {
		return Mono.defer(() -> {
			KeyLatch.Pass since = keyLatch.present();
			String mark = key;
			return replicas.news(mark).doOnNext((news) -> follow(news, mark, since)).then();
		});
	}

	private void follow(Replicas.News news, String mark, KeyLatch.Pass since) {
		if (!news.pause().isZero()) {
			coolDown.begin(news.pause());
		}
		if (mark.equals(key)) {
			keyLatch.follow(news.refused(), since);
		}
	}

	/**
	 * Tells other replicas of a pause that they may not know of.
	 */
	public void tellAgain() {
		Duration left = coolDown.left();
		if (!left.isZero()) {
			replicas.pause(left);
		}
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
			case UpstreamException.CredentialsRefused refused -> refused(refused.status(), pass);
			case UpstreamException.RateLimited limited -> {
				coolDown.begin(limited.retryAfter());
				replicas.pause(limited.retryAfter());
			}
			case UpstreamException.Rejected _ -> accepted(pass);
			case UpstreamException sent when sent.wasCalled() -> {
			}
			default -> {
				if (keyLatch.unsent(pass)) {
					replicas.unsent(key);
				}
				coolDown.unsent();
			}
		}
	}

	// The mark is read first: if it is that of a new key, the latch is another one too.
	private void refused(int status, KeyLatch.Pass pass) {
		String mark = key;
		if (keyLatch.close(status, pass)) {
			replicas.refused(mark);
		}
	}

	private void accepted(KeyLatch.Pass pass) {
		String mark = key;
		if (keyLatch.accepted(pass)) {
			replicas.accepted(mark);
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
