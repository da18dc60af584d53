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
 * Client of the paid API, through which every upstream call goes. Sends the API key and
 * nothing of the caller's request. Counts and charges each call before it is sent.
 */
public final class UpstreamClient {

	/**
	 * Time by which {@link #deadline} exceeds the time limit of a call, so that its own
	 * failure is known first.
	 */
	private static final Duration MARGIN = Duration.ofMillis(500);

	private final UpstreamAddress address;

	private final WebClient webClient;

	private final ResponseReader responses;

	private final UpstreamGuard guard;

	private final CallBudget budget;

	private final CallMeters meters;

	private final Duration limit;

	private final PermitWait permits;

	private final PermitWait noWait;

	private final Scheduler scheduler;

	UpstreamClient(UpstreamAddress address, WebClient webClient, ResponseReader responses, UpstreamGuard guard,
			CallBudget budget, CallMeters meters, Duration limit, Duration maxWait, Scheduler scheduler) {
		this.address = address;
		this.webClient = webClient;
		this.responses = responses;
		this.guard = guard;
		this.budget = budget;
		this.meters = meters;
		this.limit = limit;
		this.permits = new PermitWait(maxWait, scheduler);
		this.noWait = new PermitWait(Duration.ZERO, scheduler);
		this.scheduler = scheduler;
	}

	/**
	 * Makes one call for the given request, or a second one after a transient failure,
	 * and returns the result of the given function. Fails with an
	 * {@link UpstreamException} or with {@link BudgetExhausted}. {@link BudgetExhausted}
	 * and {@link UpstreamRefusal} mean that a call was refused before it was sent.
	 * @param reader converts the whole response; fails with
	 * {@link UpstreamException.Malformed} if the response is unusable. Its other failures
	 * are not counted as failures of the upstream.
	 */
	public <T> Mono<T> fetch(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader) {
		return Mono.defer(() -> {
			long end = scheduler.now(TimeUnit.NANOSECONDS) + limit.toNanos();
			return attempt(request, reader, limit, permits).onErrorResume((failure) -> {
				Duration left = left(end);
				return Retry.delay(failure, left, limit)
					.map((delay) -> retry(request, reader, failure, delay, left.minus(delay)))
					.orElseGet(() -> Mono.error(failure));
			});
		});
	}

	/**
	 * Makes a call like {@link #fetch} whose response must be a JSON object with the
	 * given array.
	 */
	public Mono<JsonResponse> fetchArray(UpstreamRequest request, String array) {
		return fetch(request, (response) -> JsonResponse.read(response.content(), array));
	}

	/**
	 * Returns the longest time that {@link #fetch} takes, including the wait for the
	 * budget and a second call.
	 */
	public Duration deadline() {
		return limit.plus(permits.longest()).plus(MARGIN);
	}

	// A refusal of the second call does not hide the failure of the first one.
	private <T> Mono<T> retry(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, Throwable first,
			Duration delay, Duration left) {
		return Mono.delay(delay, scheduler)
			.flatMap((waited) -> attempt(request, reader, left, noWait))
			.onErrorMap((second) -> (second instanceof UpstreamException sent && sent.wasCalled()) ? second : first);
	}

	// Each attempt is charged by itself: twice for two calls, and not at all if the guard
	// refuses or no connection is free. The team that started the load is charged.
	private <T> Mono<T> attempt(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, Duration left,
			PermitWait wait) {
		return Mono.deferContextual((context) -> {
			String team = Team.of(context).name();
			UpstreamRequest sent = (CallQuota.of(context) == CallQuota.NONE) ? request : request.refreshing(true);
			Mono<T> call = Mono.defer(() -> guarded(sent, reader, team, left));
			return meters.count(sent, team, wait.await(sent.priority(), call));
		});
	}

	private <T> Mono<T> guarded(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, String team,
			Duration left) {
		long end = scheduler.now(TimeUnit.NANOSECONDS) + left.toNanos();
		return guard
			.protect(meters.endpoint(request), left.dividedBy(4), Mono.defer(() -> charged(request, reader, team, end)))
			.onErrorMap(FailureAfterCall.class, FailureAfterCall::failure);
	}

	// The permits took at most a quarter of the time. The charge takes at most three
	// quarters of the rest: one for its command, one until Redis is available again, one
	// for the repeated command. The call has the time that is left.
	private <T> Mono<T> charged(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, String team,
			long end) {
		return Mono.deferContextual((context) -> {
			CallQuota quota = CallQuota.of(context);
			return quota.limit(budget.charge(request.priority(), team, meters.name(request), left(end).dividedBy(4)))
				.flatMap((charge) -> call(request, reader, left(end))
					.doOnError(UpstreamException.class, (failure) -> learn(charge, quota, failure))
					.onErrorMap((failure) -> !(failure instanceof UpstreamException), FailureAfterCall::new));
		});
	}

	private Duration left(long end) {
		return Duration.ofNanos(end - scheduler.now(TimeUnit.NANOSECONDS));
	}

	// A call that was not sent costs nothing: no connection was free or could be opened.
	private void learn(CallBudget.Charge charge, CallQuota quota, UpstreamException failure) {
		if (!failure.wasSent()) {
			budget.release(charge);
			quota.release();
		}
		if (failure instanceof UpstreamException.RateLimited limited) {
			limited.asked().ifPresent(budget::rateLimited);
		}
	}

	// Failures are translated before the reader runs, since its failures are not failures
	// of the connection. A time-out is reported to the guard; a cancelled call is not.
	private <T> Mono<T> call(UpstreamRequest request, Function<UpstreamResponse, Mono<T>> reader, Duration left) {
		return webClient.get()
			.uri(request.template(), request.variables())
			.exchangeToMono((response) -> responses.read(request.endpoint(), request.terms(), response))
			.onErrorMap(UpstreamFailures::translate)
			.flatMap(reader)
			.timeout(left, scheduler)
			.onErrorMap(TimeoutException.class, UpstreamFailures::translate)
			.doOnError(UpstreamException.class, (failure) -> failure.calledAt(address));
	}

}
