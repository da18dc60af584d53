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
 * Counts, logs and traces each request of a caller, when the head of its response is
 * known or when the caller disconnects.
 */
public final class TrafficFilter implements WebFilter {

	/**
	 * Status that servers commonly log for a client that has disconnected.
	 */
	private static final int CLIENT_CLOSED_REQUEST = 499;

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
		RequestRecord record = RequestRecord.begin(exchange, trace);
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			HttpStatusCode status = exchange.getResponse().getStatusCode();
			end(exchange, record, record.answer().with(status), (status != null) ? status.value() : 200);
		}));
		Mono<Void> response = chain.filter(exchange)
			.doOnCancel(() -> end(exchange, record, RequestRecord.Answer.ABORTED, CLIENT_CLOSED_REQUEST));
		return traces.isOn() ? response.contextWrite(trace::addTo) : response;
	}

	private void end(ServerWebExchange exchange, RequestRecord record, RequestRecord.Answer answer, int status) {
		if (!record.end()) {
			return;
		}
		Integer sent = CutOffRequests.remove(record.channel());
		if (sent != null) {
			report(exchange, record, RequestRecord.Answer.INVALID, sent);
		}
		else {
			report(exchange, record, answer, status);
		}
	}

	private void report(ServerWebExchange exchange, RequestRecord record, RequestRecord.Answer answer, int status) {
		String route = route(exchange);
		EndpointMeters endpoint = (route != null) ? meters.find(route) : null;
		if (endpoint != null && answer.outcome() != null) {
			count(endpoint, record, answer.outcome(), answer.age());
		}
		if (!log.writes(answer.outcome()) && !traces.isOn()) {
			return;
		}
		AccessLine line = AccessLine
			.of(exchange, addresses.of(exchange.getRequest()), record.team(), route, status, answer.outcome(),
					answer.age(), record.nanos())
			.withTrace(record.trace());
		log.write(line);
		record.trace().end(line);
	}

	private static void count(EndpointMeters endpoint, RequestRecord record, Outcome outcome, @Nullable Duration age) {
		if (age != null) {
			endpoint.answered(team(record), outcome, age, record.bytes());
		}
		else {
			endpoint.unanswered(team(record), outcome);
		}
	}

	private static String team(RequestRecord record) {
		return Objects.requireNonNullElse(record.team(), Team.ANONYMOUS.name());
	}

	private static @Nullable String route(ServerWebExchange exchange) {
		PathPattern pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null) ? pattern.getPatternString() : null;
	}

}
