package io.htgateway.upstream.guard;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.breaker.Breaker;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamGuard}.
 */
class UpstreamGuardTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Breaker breaker = new Breaker("upstream", MINUTE, UpstreamGuard::isFault, clock);

	private final UpstreamGuard guard = new UpstreamGuard(breaker, clock, Replicas.NONE);

	@Test
	void callsWhenProbeIsAnsweredWithNotFoundAreAdmitted() {
		refuseKey();
		end(new UpstreamException.Rejected(404, ""));

		assertThat(succeeds()).isTrue();
		assertThat(succeeds()).isTrue();
	}

	@Test
	void callsWhenProbeDoesNotTestTheKeyWaitForTheNext() {
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
	void probeThatIsNotSentGivesItsPermitBack() {
		refuseKey();
		end(new IllegalStateException("no budget"));
		end(new UpstreamException.Busy());

		assertThat(succeeds()).isTrue();
	}

	@Test
	void probeWhenBreakerIsOpenGivesItsPermitBack() {
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
	void callThatIsNotSentGivesItsPermitOfTheRampBack() {
		end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		clock.advance(Duration.ofSeconds(30));
		end(new IllegalStateException("no budget"));

		assertThat(succeeds()).isTrue();
		assertThat(succeeds()).isFalse();
	}

	@Test
	void callsWhenKeyHasChangedAreAdmitted() {
		end(new UpstreamException.CredentialsRefused(401));
		assertThat(succeeds()).isFalse();
		guard.keyChanged("");

		assertThat(succeeds()).isTrue();
	}

	@Test
	void callsWhenKeyHasChangedBeforeACallOfThePreviousOneIsRefusedAreAdmitted() {
		Sinks.Empty<Boolean> answer = Sinks.empty();
		Disposable underWay = guard.protect("fills", PATIENCE, answer.asMono()).onErrorComplete().subscribe();
		guard.keyChanged("");
		answer.tryEmitError(new UpstreamException.CredentialsRefused(401)).orThrow();

		assertThat(underWay.isDisposed()).isTrue();
		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(succeeds()).isTrue();
	}

	@Test
	void metersReportClosedLatches() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		guard.bindTo(registry);
		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isZero();
		assertThat(registry.get("gateway.upstream.key.refused").gauge().value()).isZero();

		end(new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isEqualTo(30);
		clock.advance(Duration.ofMillis(29_500));
		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isEqualTo(0.5);
		clock.advance(Duration.ofHours(1));
		end(new UpstreamException.CredentialsRefused(401));

		assertThat(registry.get("gateway.upstream.cooldown").gauge().value()).isZero();
		assertThat(registry.get("gateway.upstream.key.refused").gauge().value()).isEqualTo(1);
	}

	@Test
	void callsWhenAnotherEndpointIsForbiddenAreAdmitted() {
		end("fills", new UpstreamException.CredentialsRefused(403));

		assertThat(succeeds("fills")).isFalse();
		assertThat(succeeds("risk")).isTrue();
		assertThat(guard.refusedEndpoints()).containsExactly("fills");
		assertThat(guard.isKeyRefused()).isFalse();
	}

	@Test
	void callsToForbiddenEndpointAreAdmittedOnceAMinuteDespiteSuccessElsewhere() {
		end("fills", new UpstreamException.CredentialsRefused(403));
		for (int minute = 0; minute < 3; minute++) {
			assertThat(succeeds("risk")).isTrue();
			assertThat(succeeds("fills")).isFalse();
			clock.advance(MINUTE);
			end("fills", new UpstreamException.CredentialsRefused(403));
		}
		assertThat(succeeds("risk")).isTrue();
		clock.advance(MINUTE);

		assertThat(succeeds("fills")).isTrue();
		assertThat(succeeds("fills")).isTrue();
		assertThat(guard.refusedEndpoints()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, true", "30, true", "60, true", "61, false", "3600, false" })
	void callsWhenTwoEndpointsAreForbiddenWithinAMinuteAreAllRefused(int seconds, boolean refused) {
		end("fills", new UpstreamException.CredentialsRefused(403));
		clock.advance(Duration.ofSeconds(seconds));
		end("heatmap", new UpstreamException.CredentialsRefused(403));

		assertThat(guard.isKeyRefused()).isEqualTo(refused);
		assertThat(succeeds("risk")).isEqualTo(!refused);
		assertThat(succeeds("heatmap")).isFalse();
	}

	@Test
	void callsWhenProbeOfAnEndpointWasForbiddenWithinAMinuteOfAnotherAreAllRefused() {
		end("fills", new UpstreamException.CredentialsRefused(403));
		clock.advance(MINUTE);
		end("fills", new UpstreamException.CredentialsRefused(403));
		clock.advance(Duration.ofSeconds(30));
		end("heatmap", new UpstreamException.CredentialsRefused(403));

		assertThat(guard.isKeyRefused()).isTrue();
	}

	@Test
	void callsWhenTwoEndpointsAreForbiddenAreAdmittedAfterASuccessfulProbe() {
		end("fills", new UpstreamException.CredentialsRefused(403));
		end("heatmap", new UpstreamException.CredentialsRefused(403));
		assertThat(succeeds("risk")).isFalse();
		clock.advance(MINUTE);

		assertThat(succeeds("risk")).isTrue();
		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(guard.refusedEndpoints()).containsExactly("fills", "heatmap");
		// Both are refused again, which changes nothing.
		end("fills", new UpstreamException.CredentialsRefused(403));
		end("heatmap", new UpstreamException.CredentialsRefused(403));
		assertThat(succeeds("fills")).isFalse();
		assertThat(succeeds("heatmap")).isFalse();
		assertThat(succeeds("risk")).isTrue();
		clock.advance(MINUTE);
		assertThat(succeeds("fills")).isTrue();
		assertThat(guard.refusedEndpoints()).containsExactly("heatmap");
	}

	@Test
	void callsWhenManyCallsToOneEndpointAreForbiddenAreAdmittedElsewhere() {
		List<Sinks.Empty<Boolean>> answers = Stream.generate(Sinks::<Boolean>empty).limit(5).toList();
		answers.forEach((answer) -> guard.protect("fills", PATIENCE, answer.asMono()).onErrorComplete().subscribe());
		answers.forEach((answer) -> answer.tryEmitError(new UpstreamException.CredentialsRefused(403)).orThrow());

		assertThat(succeeds("risk")).isTrue();
	}

	@Test
	void callsToForbiddenEndpointWhenKeyHasChangedAreAdmitted() {
		end("fills", new UpstreamException.CredentialsRefused(403));
		end("heatmap", new UpstreamException.CredentialsRefused(403));
		guard.keyChanged("");

		assertThat(List.of("fills", "heatmap", "risk")).allMatch(this::succeeds);
	}

	@Test
	void callsWhenKeyHasChangedBeforeACallOfThePreviousOneIsForbiddenAreAdmitted() {
		Sinks.Empty<Boolean> answer = Sinks.empty();
		guard.protect("fills", PATIENCE, answer.asMono()).onErrorComplete().subscribe();
		guard.keyChanged("");
		answer.tryEmitError(new UpstreamException.CredentialsRefused(403)).orThrow();

		assertThat(guard.refusedEndpoints()).isEmpty();
		end("heatmap", new UpstreamException.CredentialsRefused(403));
		assertThat(guard.isKeyRefused()).isFalse();
	}

	@Test
	void probeOfAnEndpointThatIsNotSentGivesItsPermitBack() {
		end("fills", new UpstreamException.CredentialsRefused(403));
		clock.advance(MINUTE);
		end("fills", new IllegalStateException("no budget"));

		assertThat(succeeds("fills")).isTrue();
	}

	@Test
	void permitOfTheRampWhenKeyIsRefusedIsGivenBack() {
		Sinks.Empty<Boolean> refused = Sinks.empty();
		guard.protect("fills", PATIENCE, refused.asMono()).onErrorComplete().subscribe();
		end("fills", new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		clock.advance(Duration.ofSeconds(30));
		refused.tryEmitError(new UpstreamException.CredentialsRefused(403)).orThrow();
		assertThat(succeeds("fills")).isFalse();

		assertThat(succeeds("risk")).isTrue();
		assertThat(succeeds("risk")).isFalse();
	}

	@Test
	void permitOfTheRampWhenACallFromBeforeThePauseIsNotSentIsNotGivenBack() {
		Sinks.Empty<Boolean> before = Sinks.empty();
		guard.protect("fills", PATIENCE, before.asMono()).onErrorComplete().subscribe();
		end("fills", new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		clock.advance(Duration.ofSeconds(30));
		assertThat(succeeds("fills")).isTrue();
		before.tryEmitError(new IllegalStateException("no budget")).orThrow();

		assertThat(succeeds("fills")).isFalse();
	}

	@Test
	void permitOfTheRampWhenItsSecondIsOverIsNotGivenBack() {
		end("fills", new UpstreamException.RateLimited(Duration.ofSeconds(30)));
		clock.advance(Duration.ofSeconds(30));
		Sinks.Empty<Boolean> late = Sinks.empty();
		guard.protect("fills", PATIENCE, late.asMono()).onErrorComplete().subscribe();
		clock.advance(Duration.ofSeconds(1));
		assertThat(succeeds("fills")).isTrue();
		assertThat(succeeds("fills")).isTrue();
		late.tryEmitError(new IllegalStateException("no budget")).orThrow();

		assertThat(succeeds("fills")).isFalse();
	}

	@Test
	void permitsWhenTheCallIsCancelledBeforeTheReplicasAnswerAreGivenBack() {
		Sinks.One<Boolean> answer = Sinks.one();
		StubReplicas replicas = new StubReplicas(answer.asMono());
		UpstreamGuard shared = new UpstreamGuard(breaker, clock, replicas);
		shared.protect("fills", PATIENCE, Mono.error(new UpstreamException.RateLimited(Duration.ofSeconds(30))))
			.onErrorComplete()
			.block();
		clock.advance(Duration.ofSeconds(30));
		shared.protect("fills", PATIENCE, Mono.just(true)).subscribe().dispose();
		answer.tryEmitValue(true).orThrow();

		assertThat(shared.protect("fills", PATIENCE, Mono.just(true)).block()).isTrue();
		assertThat(replicas.givenBack()).isEqualTo(1);
	}

	@Test
	void permitThatIsGrantedLateWhenTheCallWasNotSentIsGivenBackToAll() {
		Sinks.One<Boolean> answer = Sinks.one();
		StubReplicas replicas = new StubReplicas(answer.asMono());
		UpstreamGuard shared = new UpstreamGuard(breaker, clock, replicas);
		shared.protect("fills", PATIENCE, Mono.error(new UpstreamException.RateLimited(Duration.ofSeconds(30))))
			.onErrorComplete()
			.block();
		clock.advance(Duration.ofSeconds(30));
		shared.protect("fills", Duration.ofMillis(10), Mono.error(new IllegalStateException("no budget")))
			.onErrorComplete()
			.block();
		assertThat(replicas.givenBack()).isZero();

		answer.tryEmitValue(true).orThrow();

		assertThat(replicas.givenBack()).isEqualTo(1);
	}

	@Test
	void permitThatWasGrantedWhenTheCallIsNotSentIsGivenBackToAllOnce() {
		StubReplicas replicas = new StubReplicas(Mono.just(true));
		UpstreamGuard shared = new UpstreamGuard(breaker, clock, replicas);
		shared.protect("fills", PATIENCE, Mono.error(new UpstreamException.RateLimited(Duration.ofSeconds(30))))
			.onErrorComplete()
			.block();
		clock.advance(Duration.ofSeconds(30));
		shared.protect("fills", PATIENCE, Mono.error(new IllegalStateException("no budget"))).onErrorComplete().block();

		assertThat(replicas.givenBack()).isEqualTo(1);
		assertThat(shared.protect("fills", PATIENCE, Mono.just(true)).block()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void callsWhileOthersDoNotKnowOfTheRefusalStayRefused(int status) {
		Sinks.Empty<Void> published = Sinks.empty();
		UpstreamGuard shared = new UpstreamGuard(breaker, clock, new StubReplicas(Mono.just(true), published.asMono()));
		shared.protect("fills", PATIENCE, Mono.error(new UpstreamException.CredentialsRefused(status)))
			.onErrorComplete()
			.block();

		shared.synchronize().block();
		assertThat(shared.isKeyRefused() || !shared.refusedEndpoints().isEmpty()).isTrue();

		published.tryEmitEmpty().orThrow();
		shared.synchronize().block();
		assertThat(shared.isKeyRefused() || !shared.refusedEndpoints().isEmpty()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void callsWhenTheRefusalWasLostAreAdmittedAfterAnAcceptedProbe(int status) {
		UpstreamGuard shared = new UpstreamGuard(breaker, clock,
				new StubReplicas(Mono.just(true), Mono.error(new IllegalStateException("lost"))));
		shared.protect("fills", PATIENCE, Mono.error(new UpstreamException.CredentialsRefused(status)))
			.onErrorComplete()
			.block();
		shared.synchronize().block();
		assertThat(shared.isKeyRefused() || !shared.refusedEndpoints().isEmpty()).isTrue();

		clock.advance(MINUTE);
		assertThat(shared.protect("fills", PATIENCE, Mono.just(true)).block()).isTrue();
		assertThat(shared.isKeyRefused() || !shared.refusedEndpoints().isEmpty()).isFalse();
	}

	private void refuseKey() {
		end(new UpstreamException.CredentialsRefused(401));
		clock.advance(MINUTE);
	}

	private void end(Exception failure) {
		end("fills", failure);
	}

	private void end(String endpoint, Exception failure) {
		guard.protect(endpoint, PATIENCE, Mono.error(failure)).onErrorComplete().block();
	}

	private boolean succeeds() {
		return succeeds("fills");
	}

	private boolean succeeds(String endpoint) {
		return guard.protect(endpoint, PATIENCE, Mono.just(true))
			.onErrorReturn(UpstreamRefusal.class, false)
			.blockOptional()
			.orElseThrow();
	}

}
