package io.htgateway.upstream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Counter of upstream calls and refused calls, by endpoint, team and outcome.
 */
public final class CallMeters {

	private static final String REFUSED = "refused-";

	private static final ConcurrentMap<String, LongAdder> NO_COUNTS = new ConcurrentHashMap<>();

	/**
	 * Value of the tag <code>endpoint</code> for all endpoints without a name.
	 */
	private static final String OTHER = "other";

	private final MeterRegistry meters;

	private final Map<String, String> names;

	// Counts by outcome, which the meters read.
	private final ConcurrentMap<Account, ConcurrentMap<String, LongAdder>> counters = new ConcurrentHashMap<>();

	/**
	 * Creates meters in the given registry, tagged with the names of the given endpoints.
	 */
	CallMeters(MeterRegistry meters, List<Endpoint> endpoints) {
		this.meters = meters;
		this.names = endpoints.stream().collect(Collectors.toMap(Endpoint::route, Endpoint::name));
	}

	/**
	 * Returns the given call, which is counted when it ends.
	 * @param team name of the team that the call is charged to
	 */
	<T> Mono<T> count(UpstreamRequest request, String team, Mono<T> call) {
		return call.doOnSuccess((response) -> count(request, team, "answered"))
			.doOnError((failure) -> count(request, team, outcome(failure)))
			.doOnCancel(() -> count(request, team, "cancelled"));
	}

	/**
	 * Returns the name of the called endpoint, or the template of its path if it has no
	 * name.
	 */
	String endpoint(UpstreamRequest request) {
		return names.getOrDefault(request.endpoint(), request.endpoint());
	}

	/**
	 * Returns the name of the called endpoint in meters and accounts.
	 */
	String name(UpstreamRequest request) {
		return names.getOrDefault(request.endpoint(), OTHER);
	}

	private void count(UpstreamRequest request, String team, String outcome) {
		Account account = new Account(name(request), team);
		counters.computeIfAbsent(account, (added) -> new ConcurrentHashMap<>())
			.computeIfAbsent(outcome, (added) -> register(account, added))
			.increment();
	}

	private LongAdder register(Account account, String outcome) {
		LongAdder count = new LongAdder();
		FunctionCounter.builder("gateway.upstream.calls", count, LongAdder::sum)
			.description("Upstream calls by outcome, and by the team whose request caused them")
			.tags("endpoint", account.endpoint(), "outcome", outcome, "team", account.team())
			.register(meters);
		return count;
	}

	/**
	 * Returns the number of calls to the named endpoint that were made for the given
	 * team. Its cost does not depend on the number of teams.
	 */
	public long sent(String endpoint, String team) {
		long sent = 0;
		for (Map.Entry<String, LongAdder> counter : counters.getOrDefault(new Account(endpoint, team), NO_COUNTS)
			.entrySet()) {
			sent += counter.getKey().startsWith(REFUSED) ? 0 : counter.getValue().sum();
		}
		return sent;
	}

	private static String outcome(Throwable failure) {
		return switch (failure) {
			case UpstreamException upstream -> outcome(upstream);
			case BudgetExhausted spent when spent.isUncounted() -> "refused-uncounted";
			case BudgetExhausted end when end.isShutdown() -> "refused-shutdown";
			case BudgetExhausted spent -> spent.isOfShare() ? "refused-share" : "refused-budget";
			default -> "failed";
		};
	}

	private static String outcome(UpstreamException failure) {
		return switch (failure) {
			case UpstreamException.Rejected _ -> "rejected";
			case UpstreamException.CredentialsRefused refused -> refused.isOfEndpoint() ? "forbidden" : "unauthorized";
			case UpstreamException.RateLimited _ -> "rate-limited";
			case UpstreamException.Failed _ -> "failed";
			case UpstreamException.Malformed wrong when wrong.sign() != null -> "wrong-upstream";
			case UpstreamException.Malformed _ -> "malformed";
			case UpstreamException.Unreachable _ -> "unreachable";
			case UpstreamException.TimedOut _ -> "timed-out";
			case UpstreamException.Busy _ -> "refused-busy";
			case UpstreamRefusal.CoolingDown _ -> "refused-pause";
			case UpstreamRefusal.KeyRefused _ -> "refused-key";
			case UpstreamRefusal.EndpointRefused _ -> "refused-endpoint";
			case UpstreamRefusal.WrongUpstream _ -> "refused-wrong-upstream";
			case UpstreamRefusal.BreakerOpen _ -> "refused-breaker";
		};
	}

	private record Account(String endpoint, String team) {
	}

}
