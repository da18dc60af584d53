package io.htgateway.upstream;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.htgateway.breaker.Breaker;
import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.secret.RotatingSecret;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.guard.Replicas;
import io.htgateway.upstream.guard.StubReplicas;
import io.htgateway.upstream.guard.UpstreamGuard;
import io.htgateway.upstream.response.ResponseReader;
import io.htgateway.upstream.response.UpstreamAddress;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamClient} in virtual time.
 */
class UpstreamClientTests {

	private static final Duration LIMIT = Duration.ofSeconds(12);

	private static final Duration RETRY = Duration.ofMillis(300);

	/**
	 * Longest wait of a test, in real time.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final UpstreamAddress ADDRESS = UpstreamAddress.of(URI.create("http://upstream.test"));

	private static final UpstreamRequest REQUEST = UpstreamRequest.of("/");

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private UpstreamGuard guard = guard(Replicas.NONE);

	private LocalBudget budget = Budgets.of(1_000_000, 0, 0, clock);

	private final Deque<Mono<ClientResponse>> answers = new ArrayDeque<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void fetchWhenFirstFailureIsTransientIsAnsweredByTheSecondCall() {
		answers.addAll(List.of(status(503), ok()));

		StepVerifier.withVirtualTime(this::fetch).thenAwait(RETRY).expectNextCount(1).verifyComplete();
		assertThat(calls).hasValue(2);
	}

	@Test
	void fetchWhenConnectionBreaksTwiceMakesNoThirdCall() {
		answers.addAll(List.of(broken(), broken(), ok()));

		fails(RETRY, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.Unreachable.class));
		assertThat(calls).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 422, 429, 500 })
	void fetchWhenFailureIsNotTransientMakesNoSecondCall(int status) {
		answers.addAll(List.of(status(status), ok()));

		fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.class));
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenUpstreamHangsTimesOutAfterOneCall() {
		answers.addAll(List.of(Mono.never(), ok()));

		StepVerifier.withVirtualTime(this::fetch)
			.expectSubscription()
			.expectNoEvent(LIMIT.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.verifyError(UpstreamException.TimedOut.class);
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenSecondCallHangsTimesOutWithinTheTimeOfOne() {
		answers.addAll(List.of(late(Duration.ofSeconds(5)), Mono.never()));

		fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.TimedOut.class));
		assertThat(calls).hasValue(2);
	}

	@Test
	void fetchWhenFirstCallFailsLateMakesNoSecond() {
		answers.addAll(List.of(late(Duration.ofSeconds(6)), ok()));

		fails(Duration.ofSeconds(6), (failure) -> assertThat(failure).isInstanceOf(UpstreamException.Failed.class));
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenUpstreamAsksForMoreTimeThanIsLeftMakesNoSecondCall() {
		answers.addAll(List.of(status(503, "10"), ok()));

		fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.Failed.class));
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenSecondCallIsRefusedFailsLikeTheFirst() {
		answers.addAll(List.of(status(503), ok()));
		answers.addFirst(status(503).doOnNext((answer) -> pause()));

		fails(RETRY, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.Failed.class));
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenUpstreamHasAskedForAPauseIsRefusedAtOnceAndWithoutCall() {
		pause();

		StepVerifier.withVirtualTime(this::fetch).verifyError(UpstreamRefusal.CoolingDown.class);
		assertThat(calls).hasValue(0);
	}

	@Test
	void fetchWhenAllTimeOutIsRefusedByTheBreaker() {
		for (int call = 0; call < 20; call++) {
			answers.add(Mono.never());
			fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.TimedOut.class));
		}

		fails(Duration.ZERO, (failure) -> assertThat(failure).isInstanceOf(UpstreamRefusal.BreakerOpen.class));
		assertThat(calls).hasValue(20);
	}

	@Test
	void fetchIsChargedForEachCallWithAnyOutcome() {
		answers.addAll(List.of(status(404), status(429)));
		fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.Malformed.class));
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(1);

		fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.RateLimited.class));
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(2);

		fails(LIMIT, (failure) -> assertThat(failure).isInstanceOf(UpstreamRefusal.CoolingDown.class));
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(2);
	}

	@Test
	void fetchWhenSecondCallIsMadeIsChargedTwice() {
		answers.addAll(List.of(status(503), ok()));

		StepVerifier.withVirtualTime(this::fetch).thenAwait(RETRY).expectNextCount(1).verifyComplete();

		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(2);
	}

	@Test
	void fetchWhenBudgetHasOneCallLeftFailsLikeTheFirst() {
		budget = Budgets.of(1, 0, 0, clock);
		answers.addAll(List.of(status(503), ok()));

		fails(RETRY, (failure) -> assertThat(failure).isInstanceOf(UpstreamException.Failed.class));
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenBudgetIsSpentIsRefusedAtOnceAndDoesNotOpenTheBreaker() {
		budget = Budgets.of(1, 0, 0, clock);
		answers.addAll(List.of(ok(), ok()));
		StepVerifier.withVirtualTime(this::fetch).expectNextCount(1).verifyComplete();
		for (int call = 0; call < 50; call++) {
			fails(Duration.ZERO, (failure) -> assertThat(failure).isInstanceOf(BudgetExhausted.class));
		}
		assertThat(calls).hasValue(1);

		clock.advance(Duration.ofMinutes(2));

		StepVerifier.withVirtualTime(this::fetch).expectNextCount(1).verifyComplete();
	}

	@Test
	void fetchWhenReplicasDoNotAnswerMakesTheCallWithoutThem() {
		silenceReplicas();
		answers.add(ok());

		StepVerifier.withVirtualTime(this::fetch)
			.expectSubscription()
			.expectNoEvent(LIMIT.dividedBy(4).minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(calls).hasValue(1);
	}

	@Test
	void fetchWhenReplicasDoNotAnswerAndUpstreamHangsTimesOutWithinTheTimeOfOne() {
		silenceReplicas();
		answers.add(Mono.never());

		StepVerifier.withVirtualTime(this::fetch)
			.expectSubscription()
			.expectNoEvent(LIMIT.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectError(UpstreamException.TimedOut.class)
			.verify(PATIENCE);
		assertThat(calls).hasValue(1);
	}

	static Stream<Throwable> ownFailures() {
		return Stream.of(new IllegalStateException("bug"), new RejectedExecutionException("full"),
				new AssertionError("bug"), new IOException("disk"));
	}

	@ParameterizedTest
	@MethodSource("ownFailures")
	void callWhoseReaderFailsUsesUpItsPermitOfTheRamp(Throwable failure) {
		pause();
		clock.advance(Duration.ofSeconds(30));
		answers.addAll(List.of(ok(), ok()));

		StepVerifier.create(client().fetch(REQUEST, (answer) -> Mono.error(failure)))
			.expectErrorSatisfies((thrown) -> assertThat(thrown).isSameAs(failure))
			.verify(PATIENCE);
		StepVerifier.create(client().fetch(REQUEST, Mono::just))
			.expectError(UpstreamRefusal.CoolingDown.class)
			.verify(PATIENCE);
		assertThat(calls).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("ownFailures")
	void probeWhoseReaderFailsIsNotRepeatedWithinAMinute(Throwable failure) {
		guard.protect("/", PATIENCE, Mono.error(new UpstreamException.CredentialsRefused(401)))
			.onErrorComplete()
			.block();
		clock.advance(Duration.ofMinutes(1));
		answers.addAll(List.of(ok(), ok()));

		StepVerifier.create(client().fetch(REQUEST, (answer) -> {
			throw new IllegalStateException(failure);
		})).expectError(IllegalStateException.class).verify(PATIENCE);
		StepVerifier.create(client().fetch(REQUEST, Mono::just))
			.expectError(UpstreamRefusal.KeyRefused.class)
			.verify(PATIENCE);
		assertThat(calls).hasValue(1);
	}

	@Test
	void callThatFailsInTheClientAfterItWasSentUsesUpItsPermit() {
		pause();
		clock.advance(Duration.ofSeconds(30));
		answers.addAll(List.of(Mono.error(new IllegalStateException("bug")), ok()));

		StepVerifier.create(client().fetch(REQUEST, Mono::just))
			.expectError(IllegalStateException.class)
			.verify(PATIENCE);
		StepVerifier.create(client().fetch(REQUEST, Mono::just))
			.expectError(UpstreamRefusal.CoolingDown.class)
			.verify(PATIENCE);
	}

	@Test
	void callThatTheBudgetRefusesGivesItsPermitBack() {
		pause();
		clock.advance(Duration.ofSeconds(30));
		budget.state().close();
		StepVerifier.create(client().fetch(REQUEST, Mono::just)).expectError(BudgetExhausted.class).verify(PATIENCE);
		budget = Budgets.of(1_000_000, 0, 0, clock);
		answers.add(ok());

		assertThat(client().fetch(REQUEST, Mono::just).block(PATIENCE)).isNotNull();
	}

	// The first call after a pause needs a permit of all replicas.
	private void silenceReplicas() {
		guard = guard(new StubReplicas(Mono.never()));
		pause();
		clock.advance(Duration.ofSeconds(30));
	}

	private UpstreamGuard guard(Replicas replicas) {
		return new UpstreamGuard(new Breaker("upstream", LIMIT, UpstreamGuard::isFault, clock), clock, replicas);
	}

	private void pause() {
		guard.protect("/", PATIENCE, Mono.error(new UpstreamException.RateLimited(Duration.ofSeconds(30))))
			.onErrorComplete()
			.block();
	}

	private void fails(Duration within, Consumer<Throwable> check) {
		StepVerifier.withVirtualTime(this::fetch).thenAwait(within).expectErrorSatisfies(check).verify();
	}

	private Mono<?> fetch() {
		return client().fetch(REQUEST, Mono::just);
	}

	private UpstreamClient client() {
		WebClient webClient = WebClient.builder()
			.baseUrl("http://upstream.test")
			.exchangeFunction((request) -> Mono.defer(() -> {
				calls.incrementAndGet();
				return answers.remove();
			}))
			.build();
		ResponseReader reader = new ResponseReader(ADDRESS, new RotatingSecret(Secret.of("key")), 1024, clock);
		return new UpstreamClient(ADDRESS, webClient, reader, guard, budget, new CallMeters(meters, List.of()), LIMIT,
				Duration.ofSeconds(2), Schedulers.parallel());
	}

	private static Mono<ClientResponse> ok() {
		return Mono.fromSupplier(() -> ClientResponse.create(HttpStatusCode.valueOf(200)).body("{}").build());
	}

	private static Mono<ClientResponse> status(int status, String... retryAfter) {
		return Mono.fromSupplier(() -> ClientResponse.create(HttpStatusCode.valueOf(status))
			.header(HttpHeaders.RETRY_AFTER, retryAfter)
			.build());
	}

	private static Mono<ClientResponse> late(Duration delay) {
		return Mono.defer(() -> status(503).delayElement(delay));
	}

	private static Mono<ClientResponse> broken() {
		return Mono.error(() -> new WebClientRequestException(new IOException("reset"), HttpMethod.GET,
				URI.create("http://upstream.test"), HttpHeaders.EMPTY));
	}

}
