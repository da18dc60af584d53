package io.htgateway.traffic;

import java.time.Duration;
import java.util.Objects;

import io.htgateway.access.Team;
import io.htgateway.access.request.ClientAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Counts each request of clients and has its line written, when the head of its answer is
 * known or nobody waits for it any more.
 */
public final class TrafficFilter implements WebFilter {

	/**
	 * What servers commonly log for a client that has left.
	 */
	private static final int CLIENT_LEFT = 499;

	private final RequestMeters meters;

	private final AccessLog log;

	private final RequestTraces traces;

	private final ClientAddresses addresses;

	/**
	 * Creates a filter that observes the requests of callers.
	 */
	public TrafficFilter(RequestMeters meters, AccessLog log, RequestTraces traces, ClientAddresses addresses) {
		this.meters = meters;
		this.log = log;
		this.traces = traces;
		this.addresses = addresses;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		RequestTrace trace = traces.begin(exchange.getRequest().getHeaders()::getFirst, 0);
		RequestRecord visit = RequestRecord.begin(exchange, trace);
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			HttpStatusCode status = exchange.getResponse().getStatusCode();
			end(exchange, visit, visit.answer().with(status), (status != null) ? status.value() : 200);
		}));
		Mono<Void> answer = chain.filter(exchange)
			.doOnCancel(() -> end(exchange, visit, RequestRecord.Answer.ABORTED, CLIENT_LEFT));
		return traces.isOn() ? answer.contextWrite(trace::addTo) : answer;
	}

	private void end(ServerWebExchange exchange, RequestRecord visit, RequestRecord.Answer answer, int status) {
		if (!visit.end()) {
			return;
		}
		Integer sent = CutOffRequests.take(visit.channel());
		if (sent != null) {
			tell(exchange, visit, RequestRecord.Answer.INVALID, sent);
		}
		else {
			tell(exchange, visit, answer, status);
		}
	}

	private void tell(ServerWebExchange exchange, RequestRecord visit, RequestRecord.Answer answer, int status) {
		String route = route(exchange);
		EndpointMeters endpoint = (route != null) ? meters.find(route) : null;
		if (endpoint != null && answer.outcome() != null) {
			count(endpoint, team(visit), answer.outcome(), answer.age());
		}
		if (!log.writes(answer.outcome()) && !traces.isOn()) {
			return;
		}
		AccessLine line = AccessLine
			.of(exchange, addresses.of(exchange.getRequest()), visit.team(), route, status, answer.outcome(),
					answer.age(), visit.nanos())
			.of(visit.trace());
		log.write(line);
		visit.trace().end(line);
	}

	private static void count(EndpointMeters endpoint, String team, Outcome outcome, @Nullable Duration age) {
		if (age != null) {
			endpoint.answered(team, outcome, age);
		}
		else {
			endpoint.unanswered(team, outcome);
		}
	}

	private static String team(RequestRecord visit) {
		return Objects.requireNonNullElse(visit.team(), Team.ANONYMOUS.name());
	}

	private static @Nullable String route(ServerWebExchange exchange) {
		PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null) ? pattern.getPatternString() : null;
	}

}
