package io.htgateway.upstream;

import java.util.function.UnaryOperator;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamRefusal;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Counts the calls that were made and those that were not allowed, by how each ended.
 */
final class CallMeters {

	private final MeterRegistry meters;

	private final UnaryOperator<String> names;

	/**
	 * Meters in the given registry.
	 * @param names gives the name of an endpoint by the template of its path
	 */
	CallMeters(MeterRegistry meters, UnaryOperator<String> names) {
		this.meters = meters;
		this.names = names;
	}

	/**
	 * The given call, which is counted when it ends.
	 * @param team whose account it is on
	 */
	<T> Mono<T> count(UpstreamRequest request, String team, Mono<T> call) {
		return call.doOnSuccess((answer) -> count(request, team, "answered"))
			.doOnError((failure) -> count(request, team, outcome(failure)))
			.doOnCancel(() -> count(request, team, "cancelled"));
	}

	private void count(UpstreamRequest request, String team, String outcome) {
		meters
			.counter("gateway.upstream.calls", "endpoint", names.apply(request.endpoint()), "outcome", outcome, "team",
					team)
			.increment();
	}

	private static String outcome(Throwable failure) {
		return switch (failure) {
			case UpstreamException upstream -> outcome(upstream);
			case BudgetExhausted spent when spent.isUncounted() -> "refused-uncounted";
			case BudgetExhausted spent -> spent.isOfShare() ? "refused-share" : "refused-budget";
			default -> "failed";
		};
	}

	private static String outcome(UpstreamException failure) {
		return switch (failure) {
			case UpstreamException.Rejected _ -> "rejected";
			case UpstreamException.CredentialsRefused _ -> "unauthorized";
			case UpstreamException.RateLimited _ -> "rate-limited";
			case UpstreamException.Failed _ -> "failed";
			case UpstreamException.Malformed _ -> "malformed";
			case UpstreamException.Unreachable _ -> "unreachable";
			case UpstreamException.TimedOut _ -> "timed-out";
			case UpstreamException.Busy _ -> "refused-busy";
			case UpstreamRefusal.CoolingDown _ -> "refused-pause";
			case UpstreamRefusal.KeyRefused _ -> "refused-key";
			case UpstreamRefusal.BreakerOpen _ -> "refused-breaker";
		};
	}

}
