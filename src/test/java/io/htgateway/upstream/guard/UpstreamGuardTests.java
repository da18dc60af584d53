package io.htgateway.upstream.guard;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.breaker.Breaker;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamRefusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamGuard}.
 */
class UpstreamGuardTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Breaker breaker = new Breaker("upstream", MINUTE, UpstreamGuard::isFault, clock);

	private final UpstreamGuard guard = new UpstreamGuard(breaker, clock, Replicas.NONE);

	@Test
	void callsWhenProbeIsAnsweredWithNotFoundPass() {
		refuseKey();
		end(new UpstreamException.Rejected(404, ""));

		assertThat(succeeds()).isTrue();
		assertThat(succeeds()).isTrue();
	}

	@Test
	void callsWhenProbeTellsNothingOfTheKeyWaitForTheNext() {
		refuseKey();
		for (UpstreamException nothing : new UpstreamException[] { new UpstreamException.Failed(503),
				new UpstreamException.TimedOut(new IOException()), new UpstreamException.Malformed("nothing") }) {
			end(nothing);
			assertThat(succeeds()).isFalse();
			clock.advance(MINUTE);
		}

		assertThat(succeeds()).isTrue();
	}

	@Test
	void probeWhenItIsNotSentAfterAllLeavesItsPlaceToTheNextCall() {
		refuseKey();
		end(new IllegalStateException("no budget"));
		end(new UpstreamException.Busy());

		assertThat(succeeds()).isTrue();
	}

	@Test
	void probeWhenBreakerIsOpenLeavesItsPlaceToTheNextCall() {
		refuseKey();
		for (int call = 0; call < 20; call++) {
			breaker.protect(Mono.error(new UpstreamException.Failed(500)), UpstreamRefusal.BreakerOpen::new)
				.onErrorComplete()
				.block();
		}
		assertThat(succeeds()).isFalse();
		breaker.reset();

		assertThat(succeeds()).isTrue();
	}

	@Test
	void callWhenItIsNotSentAfterAllLeavesItsPlaceBehindAPauseToTheNext() {
		end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		clock.advance(Duration.ofSeconds(30));
		end(new IllegalStateException("no budget"));

		assertThat(succeeds()).isTrue();
		assertThat(succeeds()).isFalse();
	}

	@Test
	void callsWhenKeyHasChangedPass() {
		end(new UpstreamException.CredentialsRefused(401));
		assertThat(succeeds()).isFalse();
		guard.keyChanged("");

		assertThat(succeeds()).isTrue();
	}

	@Test
	void callsWhenKeyHasChangedBeforeACallOfTheFormerOneIsRefusedPass() {
		Sinks.Empty<Boolean> answer = Sinks.empty();
		Disposable underWay = guard.protect(answer.asMono()).onErrorComplete().subscribe();
		guard.keyChanged("");
		answer.tryEmitError(new UpstreamException.CredentialsRefused(401)).orThrow();

		assertThat(underWay.isDisposed()).isTrue();
		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(succeeds()).isTrue();
	}

	@Test
	void metersTellWhatIsClosed() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		guard.bindTo(registry);
		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isZero();
		assertThat(registry.get("gateway.upstream.key.refused").gauge().value()).isZero();

		end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isEqualTo(30);
		clock.advance(Duration.ofMillis(29_500));
		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isEqualTo(0.5);
		clock.advance(Duration.ofHours(1));
		end(new UpstreamException.CredentialsRefused(403));

		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isZero();
		assertThat(registry.get("gateway.upstream.key.refused").gauge().value()).isEqualTo(1);
	}

	private void refuseKey() {
		end(new UpstreamException.CredentialsRefused(401));
		clock.advance(MINUTE);
	}

	private void end(Exception failure) {
		guard.protect(Mono.error(failure)).onErrorComplete().block();
	}

	private boolean succeeds() {
		return guard.protect(Mono.just(true)).onErrorReturn(UpstreamRefusal.class, false).blockOptional().orElseThrow();
	}

}
