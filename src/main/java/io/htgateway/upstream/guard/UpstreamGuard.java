package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.htgateway.breaker.Breaker;
import io.htgateway.upstream.response.Provenance;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.htgateway.upstream.response.WrongSign;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Admits upstream calls, or refuses them while they would be pointless: the upstream
 * asked for a pause, refused the key or the endpoint, or fails.
 */
public final class UpstreamGuard implements MeterBinder {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final CoolDown coolDown;

	private final Latches latches;

	private final WrongUpstream wrong;

	private final Breaker breaker;

	private final Replicas replicas;

	private final InstantSource clock;

	private volatile Runnable keyHint = () -> {
	};

	/**
	 * A guard that lets everything pass until it learns better, or another replica does.
	 */
	public UpstreamGuard(Breaker breaker, InstantSource clock, Replicas replicas) {
		this.coolDown = new CoolDown(clock);
		this.latches = new Latches(clock, replicas);
		this.wrong = new WrongUpstream(clock);
		this.breaker = breaker;
		this.replicas = replicas;
		this.clock = clock;
	}

	/**
	 * Returns the given call of the named endpoint, or fails at once with an
	 * {@link UpstreamRefusal}. Learns from the outcome of the call: its permits are given
	 * back for every failure but one of a sent call, which is an
	 * {@link UpstreamException} or a {@link FailureAfterCall}.
	 * @param patience longest time to wait for the permits of other replicas
	 */
	public <T> Mono<T> protect(String endpoint, Duration patience, Mono<T> call) {
		return Mono.defer(() -> {
			Admission passage = admit(endpoint);
			Mono<T> guarded = breaker.protect(call, UpstreamRefusal.BreakerOpen::new)
				.doOnSuccess((answer) -> succeeded(answer, passage))
				.doOnError((failure) -> learn(failure, passage));
			return passage.permits().isEmpty() ? guarded : passage.permits().confirm(patience).then(guarded);
		});
	}

	// Permits that were taken before a refusal are given back.
	private Admission admit(String endpoint) {
		Permits permits = new Permits();
		Latch latch = latches.endpoint(endpoint);
		try {
			CoolDown.Permit ramp = coolDown.admit();
			if (ramp != null) {
				permits.add(afterPause(ramp));
			}
			ProbeSchedule probe = wrong.admit(endpoint);
			if (probe != null) {
				permits.add(new Permits.Permit(Mono.just(true), () -> wrong.refusal(probe), () -> wrong.unsent(probe),
						UpstreamGuard::tellNobody));
			}
			Latch.Pass key = admit(latches.key(), Replicas.ALL_ENDPOINTS, permits);
			return new Admission(endpoint, latch, key, admit(latch, endpoint, permits), permits);
		}
		catch (UpstreamRefusal refusal) {
			permits.giveBack();
			throw refusal;
		}
	}

	// What another server answers is for this replica alone to find out.
	private static void tellNobody() {
	}

	private void succeeded(@Nullable Object answer, Admission passage) {
		latches.accepted(passage);
		// Any server can redirect to any place.
		if (!(answer instanceof Provenance evidence) || evidence.isOfHyperTracker()) {
			wrong.right(passage.endpoint());
		}
		else {
			wrong.usable(passage.endpoint());
		}
	}

	private Permits.Permit afterPause(CoolDown.Permit ramp) {
		return new Permits.Permit(replicas.admitsAfterPause(), () -> new UpstreamRefusal.CoolingDown(SECOND),
				() -> coolDown.unsent(ramp), replicas::unsentAfterPause);
	}

	private Latch.Pass admit(Latch latch, String endpoint, Permits permits) {
		Latch.Pass pass = latch.admit();
		if (Latch.isProbe(pass)) {
			String mark = latches.mark();
			permits.add(new Permits.Permit(replicas.admitsProbe(mark, endpoint), latch::refusal,
					() -> latch.unsent(pass), () -> replicas.unsent(mark, endpoint)));
		}
		return pass;
	}

	/**
	 * Names the key that is in use.
	 * @param mark shows nothing of the key but whether it is the same
	 */
	public void useKey(String mark) {
		latches.useKey(mark);
	}

	/**
	 * Lets calls pass again that were refused because of the former key.
	 * @param mark of the new one
	 */
	public void keyChanged(String mark) {
		latches.keyChanged(mark);
		wrong.keyChanged();
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
			Latches.Present since = latches.present();
			Instant asked = clock.instant();
			return replicas.poll(since.mark())
				.doOnNext((findings) -> follow(findings.after(Duration.between(asked, clock.instant())), since))
				.then();
		});
	}

	private void follow(Replicas.Findings findings, Latches.Present since) {
		if (!findings.pause().isZero()) {
			coolDown.begin(findings.pause());
		}
		latches.follow(findings, since);
	}

	/**
	 * Shares a pause again, of which other replicas may not know.
	 */
	public void sharePauseAgain() {
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
		return latches.key().isClosed();
	}

	/**
	 * Returns the names of the endpoints that the upstream refuses to the key, as far as
	 * known.
	 */
	public List<String> refusedEndpoints() {
		return latches.refusedEndpoints();
	}

	/**
	 * Returns the sign that the upstream is not HyperTracker or cannot be reached, unless
	 * it has answered rightly since.
	 */
	public Optional<WrongSign> wrongSign() {
		return wrong.sign();
	}

	/**
	 * Returns the sign that one endpoint is not answered as HyperTracker does, unless it
	 * was answered rightly since. Others may be.
	 */
	public Optional<WrongSign> oddSign() {
		return wrong.oddSign();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.upstream.cooldown", coolDown, (pause) -> pause.left().toMillis() / 1000.0)
			.description("What is left of the pause that the upstream asked for")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("gateway.upstream.wrong", wrong, (state) -> state.isLasting() ? 1 : 0)
			.description("1 while the base URL does not lead to HyperTracker, or not for one endpoint")
			.register(registry);
		Gauge.builder("gateway.upstream.key.refused", latches, (all) -> all.key().isClosed() ? 1 : 0)
			.description("1 while the upstream refuses the API key")
			.register(registry);
	}

	private void learn(Throwable failure, Admission passage) {
		if (failure instanceof UpstreamException known && known.sign() != null) {
			wrong.failed(passage.endpoint(), known.sign(), known);
		}
		switch (failure) {
			case UpstreamException.CredentialsRefused refused -> latches.refused(refused.status(), passage);
			case UpstreamException.RateLimited limited -> {
				coolDown.begin(limited.retryAfter());
				replicas.pause(limited.retryAfter());
			}
			case UpstreamException.Rejected _ -> {
				latches.accepted(passage);
				wrong.right(passage.endpoint());
			}
			case UpstreamException sent when sent.wasSent() -> {
			}
			case FailureAfterCall _ -> {
			}
			default -> passage.permits().giveBack();
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
