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
 * Guard of upstream calls: refuses calls that would be useless because the upstream asked
 * for a pause, refuses the key or the endpoint, is not HyperTracker, or fails.
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
	 * Creates a guard that admits all calls until a response, or another replica, gives a
	 * reason to refuse some.
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
	 * Admits the given call to the named endpoint, or fails at once with an
	 * {@link UpstreamRefusal}. Observes the outcome of the call. Gives its permits back
	 * after a failure, unless the call was sent: such a failure is an
	 * {@link UpstreamException} or a {@link FailureAfterCall}.
	 * @param maxWait longest wait for the permits of other replicas
	 */
	public <T> Mono<T> protect(String endpoint, Duration maxWait, Mono<T> call) {
		return Mono.defer(() -> {
			Admission admission = admit(endpoint);
			Mono<T> guarded = breaker.protect(call, UpstreamRefusal.BreakerOpen::new)
				.doOnSuccess((result) -> succeeded(result, admission))
				.doOnError((failure) -> failed(failure, admission));
			return admission.permits().isEmpty() ? guarded : admission.permits().confirm(maxWait).then(guarded);
		});
	}

	// A refusal gives back the permits that were taken before it.
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
						UpstreamGuard::doNothing));
			}
			Latch.Pass key = admit(latches.key(), Replicas.ALL_ENDPOINTS, permits);
			return new Admission(endpoint, latch, key, admit(latch, endpoint, permits), permits);
		}
		catch (UpstreamRefusal refusal) {
			permits.giveBack();
			throw refusal;
		}
	}

	// Each replica detects a wrong upstream by itself, so its probes are not shared.
	private static void doNothing() {
	}

	private void succeeded(@Nullable Object result, Admission admission) {
		latches.accepted(admission);
		// An unsigned link or redirect proves nothing: any server can send one.
		if (!(result instanceof Provenance provenance) || provenance.isOfHyperTracker()) {
			wrong.succeeded(admission.endpoint());
		}
		else {
			wrong.usable(admission.endpoint());
		}
	}

	private Permits.Permit afterPause(CoolDown.Permit ramp) {
		return new Permits.Permit(replicas.admitsAfterPause(), () -> new UpstreamRefusal.CoolingDown(SECOND),
				() -> coolDown.giveBack(ramp), replicas::unsentAfterPause);
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
	 * Sets the key that is in use.
	 * @param mark mark of the key, which reveals only whether two keys are equal
	 */
	public void useKey(String mark) {
		latches.useKey(mark);
	}

	/**
	 * Admits calls again that were refused because of the previous key.
	 * @param mark mark of the new key
	 */
	public void keyChanged(String mark) {
		latches.keyChanged(mark);
		wrong.keyChanged();
		replicas.keyChanged();
	}

	/**
	 * Sets the task that runs when another replica has another key.
	 */
	public void onKeyHint(Runnable task) {
		keyHint = task;
	}

	/**
	 * Runs the task for another key, because another replica reports one.
	 */
	public void keyHint() {
		keyHint.run();
	}

	/**
	 * Polls the other replicas and applies their pauses, refusals and acceptances.
	 */
	public Mono<Void> synchronize() {
		return Mono.defer(() -> {
			Latches.Snapshot since = latches.snapshot();
			Instant start = clock.instant();
			return replicas.poll(since.mark())
				.doOnNext((findings) -> follow(findings.after(Duration.between(start, clock.instant())), since))
				.then();
		});
	}

	private void follow(Replicas.Findings findings, Latches.Snapshot since) {
		if (!findings.pause().isZero()) {
			coolDown.begin(findings.pause());
		}
		latches.follow(findings, since);
	}

	/**
	 * Publishes the current pause again, because other replicas may not know of it.
	 */
	public void sharePauseAgain() {
		Duration left = coolDown.left();
		if (!left.isZero()) {
			replicas.pause(left);
		}
	}

	/**
	 * Returns the time until the pause ends, or zero without a pause.
	 */
	public Duration pauseLeft() {
		return coolDown.left();
	}

	/**
	 * Returns whether the upstream refuses the key.
	 */
	public boolean isKeyRefused() {
		return latches.key().isClosed();
	}

	/**
	 * Returns the names of the endpoints for which the upstream refuses the key.
	 */
	public List<String> refusedEndpoints() {
		return latches.refusedEndpoints();
	}

	/**
	 * Returns the latest sign that the upstream is not HyperTracker or cannot be reached,
	 * unless it has answered correctly since.
	 */
	public Optional<WrongSign> wrongSign() {
		return wrong.sign();
	}

	/**
	 * Returns the latest sign of an endpoint whose responses have not been those of
	 * HyperTracker several times in a row, unless it has answered correctly since. Other
	 * endpoints may work.
	 */
	public Optional<WrongSign> suspectSign() {
		return wrong.suspectSign();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.upstream.cooldown", coolDown, (pause) -> pause.left().toMillis() / 1000.0)
			.description("Time until the pause ends that the upstream asked for with a 429")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("gateway.upstream.wrong", wrong, (state) -> state.isLasting() ? 1 : 0)
			.description("1 while gateway.upstream.base-url does not lead to HyperTracker, at all or for one endpoint")
			.register(registry);
		Gauge.builder("gateway.upstream.key.refused", latches, (all) -> all.key().isClosed() ? 1 : 0)
			.description("1 while the upstream refuses the API key for all endpoints")
			.register(registry);
	}

	private void failed(Throwable failure, Admission admission) {
		if (failure instanceof UpstreamException known && known.sign() != null) {
			wrong.failed(admission.endpoint(), known.sign(), known);
		}
		switch (failure) {
			case UpstreamException.CredentialsRefused refused -> latches.refused(refused.status(), admission);
			case UpstreamException.RateLimited limited -> {
				coolDown.begin(limited.retryAfter());
				replicas.pause(limited.retryAfter());
			}
			case UpstreamException.Rejected _ -> {
				latches.accepted(admission);
				wrong.succeeded(admission.endpoint());
			}
			case UpstreamException sent when sent.wasSent() -> {
			}
			case FailureAfterCall _ -> {
			}
			default -> admission.permits().giveBack();
		}
	}

	/**
	 * Returns whether the given failure is a fault of the upstream, which counts for the
	 * breaker.
	 */
	public static boolean isFault(Throwable failure) {
		return switch (failure) {
			case UpstreamException.Failed failed -> failed.status() >= 500;
			case UpstreamException.Unreachable _, UpstreamException.TimedOut _ -> true;
			default -> false;
		};
	}

}
