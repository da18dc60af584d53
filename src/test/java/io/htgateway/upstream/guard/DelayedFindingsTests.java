package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.htgateway.breaker.Breaker;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.response.UpstreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a guard that gets the findings of other replicas late, in another order or not
 * at all.
 */
class DelayedFindingsTests {

	private static final Duration MAX_WAIT = Duration.ofSeconds(10);

	private static final Replicas.Findings NOTHING = new Replicas.Findings(Duration.ZERO, false, Map.of());

	private static final Replicas.Findings REFUSED = new Replicas.Findings(Duration.ZERO, true,
			Map.of("fills", Duration.ZERO));

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final DelayedReplicas replicas = new DelayedReplicas();

	private final UpstreamGuard guard = new UpstreamGuard(
			new Breaker("upstream", Duration.ofMinutes(1), UpstreamGuard::isFault, clock), clock, replicas);

	@Test
	void olderFindingsWithARefusalDoNotCloseAgain() {
		poll();
		poll();
		replicas.answer(1, NOTHING);

		replicas.answer(0, REFUSED);

		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(guard.refusedEndpoints()).isEmpty();
	}

	@Test
	void olderFindingsWithoutARefusalDoNotOpen() {
		poll();
		replicas.answer(0, REFUSED);
		poll();
		poll();
		replicas.answer(2, REFUSED);

		replicas.answer(1, NOTHING);

		assertThat(guard.isKeyRefused()).isTrue();
		assertThat(guard.refusedEndpoints()).containsExactly("fills");
	}

	@Test
	void findingsInTheOrderOfTheirPollsAllCount() {
		poll();
		poll();
		replicas.answer(0, REFUSED);
		assertThat(guard.isKeyRefused()).isTrue();
		poll();

		replicas.answer(2, NOTHING);

		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(guard.refusedEndpoints()).isEmpty();
	}

	@Test
	void pauseInLateFindingsIsNotShortened() {
		poll();
		clock.advance(Duration.ofSeconds(4));

		replicas.answer(0, new Replicas.Findings(Duration.ofSeconds(3), false, Map.of()));

		assertThat(guard.pauseLeft()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void endpointInLateFindingsWasNotRefusedWithinTheMinute() {
		poll();
		clock.advance(Duration.ofSeconds(50));
		replicas.answer(0, new Replicas.Findings(Duration.ZERO, false, Map.of("fills", Duration.ofSeconds(20))));

		refuse("risk", 403);

		assertThat(guard.refusedEndpoints()).containsExactly("fills", "risk");
		assertThat(guard.isKeyRefused()).isFalse();
	}

	@Test
	void lostRefusalsArePublishedAgainWithTheirAge() {
		refuse("fills", 403);
		refuse("", 401);
		replicas.isReached = true;
		clock.advance(Duration.ofSeconds(7));
		assertThat(replicas.refusals).containsExactly("fills PT0S", " PT0S");

		poll();
		replicas.answer(0, NOTHING);

		assertThat(replicas.refusals.subList(2, 4)).containsExactlyInAnyOrder(" PT7S", "fills PT7S");
		poll();
		replicas.answer(1, REFUSED);
		assertThat(replicas.refusals).hasSize(4);
		assertThat(guard.isKeyRefused()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void acceptanceByAnotherReplicaOpensAfterFindingsWithTheRefusalOfAProbe(int status) {
		refuse("fills", status);
		clock.advance(Duration.ofMinutes(1));
		refuse("fills", status);
		poll();
		replicas.answer(0, REFUSED);
		int published = replicas.refusals.size();

		poll();
		replicas.answer(1, NOTHING);

		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(guard.refusedEndpoints()).isEmpty();
		assertThat(replicas.refusals).hasSize(published);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void refusalOfAProbeIsPublishedToo(int status) {
		refuse("fills", status);
		clock.advance(Duration.ofMinutes(1));

		refuse("fills", status);

		assertThat(replicas.refusals).hasSize(2).allMatch((refusal) -> refusal.endsWith(" PT0S"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void probeThatIsAcceptedOpensAlthoughTheRefusalIsPublishedMeanwhile(int status) {
		refuse("fills", status);
		clock.advance(Duration.ofMinutes(1));
		Sinks.One<Boolean> probe = Sinks.one();
		guard.protect("fills", MAX_WAIT, probe.asMono()).subscribe();
		replicas.isReached = true;
		poll();
		replicas.answer(0, NOTHING);
		assertThat(replicas.refusals.getLast()).endsWith(" PT1M");

		probe.tryEmitValue(true).orThrow();

		assertThat(guard.isKeyRefused()).isFalse();
		assertThat(guard.refusedEndpoints()).isEmpty();
	}

	private void poll() {
		guard.synchronize().subscribe();
	}

	private void refuse(String endpoint, int status) {
		guard.protect(endpoint, MAX_WAIT, Mono.error(new UpstreamException.CredentialsRefused(status)))
			.onErrorComplete()
			.block();
	}

	/**
	 * Replicas whose findings arrive when a test says so, and to which published refusals
	 * can be lost.
	 */
	private static final class DelayedReplicas extends StubReplicas {

		private final List<Sinks.One<Findings>> polls = new ArrayList<>();

		private final List<String> refusals = new ArrayList<>();

		private boolean isReached;

		private DelayedReplicas() {
			super(Mono.just(true));
		}

		@Override
		public Mono<Void> refused(String key, String endpoint, Duration age) {
			return Mono.defer(() -> {
				refusals.add(endpoint + " " + age);
				return isReached ? Mono.empty() : Mono.error(new IllegalStateException("lost"));
			});
		}

		@Override
		public Mono<Findings> poll(String key) {
			Sinks.One<Findings> findings = Sinks.one();
			polls.add(findings);
			return findings.asMono();
		}

		private void answer(int poll, Findings findings) {
			polls.get(poll).tryEmitValue(findings).orThrow();
		}

	}

}
