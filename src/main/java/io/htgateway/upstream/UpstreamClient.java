package io.htgateway.upstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.htgateway.access.Team;
import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.CallBudget;
import io.htgateway.upstream.guard.FailureAfterCall;
import io.htgateway.upstream.guard.UpstreamGuard;
import io.htgateway.upstream.json.JsonResponse;
import io.htgateway.upstream.response.ResponseReader;
import io.htgateway.upstream.response.UpstreamAddress;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamFailures;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.htgateway.upstream.response.UpstreamResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The one way to the paid API: sends a request with the key and nothing of the client's,
 * and returns every way in which it can end.
 */
public final class UpstreamClient {

	/**
	 * How much later than a call's own end it is given up by others, so that how it ended
	 * is known by then.
	 */
	private static final Duration MARGIN = Duration.ofMillis(500);

	private final UpstreamAddress address;

	private final WebClient webClient;

	private final ResponseReader answers;

	private final UpstreamGuard guard;

	private final CallBudget budget;

	private final CallMeters meters;

	private final Duration limit;

	private final Scheduler scheduler;

	UpstreamClient(UpstreamAddress address, WebClient webClient, ResponseReader answers, UpstreamGuard guard,
			CallBudget budget, CallMeters meters, Duration limit, Scheduler scheduler) {
		this.address = address;
		this.webClient = webClient;
		this.answers = answers;
		this.guard = guard;
		this.budget = budget;
		this.meters = meters;
		this.limit = limit;
		this.scheduler = scheduler;
	}

	/**
	 * Returns what the given function reads in the whole answer to the given request, for
	 * which one call is made, or a second one where the first may have failed by chance.
	 * Fails with an {@link UpstreamException}, or with {@link BudgetExhausted}; with that
	 * and with an {@link UpstreamRefusal} at once. For an answer that it cannot read the
	 * function fails with {@link UpstreamException.Malformed}; any other failure is its
	 * own, and says nothing of the upstream.
	 */
	public <T> Mono<T> fetch(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader) {
		return Mono.defer(() -> {
			long end = scheduler.now(TimeUnit.NANOSECONDS) + limit.toNanos();
			return attempt(request, reader, limit).onErrorResume((failure) -> {
				Duration left = left(end);
				return Retry.delay(failure, left, limit)
					.map((delay) -> again(request, reader, failure, delay, left.minus(delay)))
					.orElseGet(() -> Mono.error(failure));
			});
		});
	}

	/**
	 * The same for an answer that has to be a JSON object with the given array.
	 */
	public Mono<JsonResponse> fetchArray(UpstreamRequest request, String array) {
		return fetch(request, (response) -> JsonResponse.read(response.content(), array));
	}

	/**
	 * Longest time that a call takes, with the second one.
	 */
	public Duration deadline() {
		return limit.plus(MARGIN);
	}

	// What is refused now does not hide why the first call failed.
	private <T> Mono<T> again(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, Throwable first,
			Duration delay, Duration left) {
		return Mono.delay(delay, scheduler)
			.flatMap((waited) -> attempt(request, reader, left))
			.onErrorMap((second) -> (second instanceof UpstreamException sent && sent.wasCalled()) ? second : first);
	}

	// Charged in here: twice for two calls, and not at all when the guard refuses or no
	// connection is free. On the account of the team for which the load was started.
	private <T> Mono<T> attempt(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, Duration left) {
		return Mono.deferContextual((context) -> {
			String team = Team.of(context).name();
			long end = scheduler.now(TimeUnit.NANOSECONDS) + left.toNanos();
			return meters.count(request, team,
					guard
						.protect(meters.endpoint(request), left.dividedBy(4),
								Mono.defer(() -> charged(request, reader, team, end)))
						.onErrorMap(FailureAfterCall.class, FailureAfterCall::failure));
		});
	}

	// The permits took at most a quarter of the time. The charge takes at most three
	// quarters of the rest: one for the request, one until Redis is available again, one
	// for the repeated request. What is left then is for the call.
	private <T> Mono<T> charged(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, String team,
			long end) {
		return budget.charge(request.priority(), team, left(end).dividedBy(4))
			.flatMap((charge) -> call(request, reader, left(end))
				.doOnError(UpstreamException.class, (failure) -> releaseUnsent(charge, failure))
				.onErrorMap((failure) -> !(failure instanceof UpstreamException), FailureAfterCall::new));
	}

	private Duration left(long end) {
		return Duration.ofNanos(end - scheduler.now(TimeUnit.NANOSECONDS));
	}

	// What was not sent costs nothing: no connection was free, or none was made.
	private void releaseUnsent(CallBudget.Charge charge, UpstreamException failure) {
		if (!failure.wasSent()) {
			budget.release(charge);
		}
	}

	// What fails in the reader is no failure of the connection. The guard learns from a
	// time-out, but not from a call that is cancelled.
	private <T> Mono<T> call(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, Duration left) {
		return webClient.get()
			.uri(request.template(), request.variables())
			.exchangeToMono((response) -> answers.read(request.endpoint(), request.terms(), response))
			.onErrorMap(UpstreamFailures::translate)
			.flatMap(reader)
			.timeout(left, scheduler)
			.onErrorMap(TimeoutException.class, UpstreamFailures::translate)
			.doOnError(UpstreamException.class, (failure) -> failure.calledAt(address));
	}

}
