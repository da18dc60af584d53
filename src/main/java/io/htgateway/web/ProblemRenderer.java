package io.htgateway.web;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.access.TeamRefusal;
import io.htgateway.access.request.RequestTarget;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.failure.LoadFailures;
import io.htgateway.traffic.Outcome;
import io.htgateway.traffic.RequestRecord;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.web.problem.Problem;
import io.htgateway.web.problem.ProblemDetails;
import io.htgateway.web.problem.RenderedProblem;
import io.htgateway.web.reply.CacheHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders failures as problem details (RFC 9457), including those that occur before an
 * endpoint is reached.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ProblemRenderer implements ErrorWebExceptionHandler {

	private static final Logger LOG = LoggerFactory.getLogger(ProblemRenderer.class);

	private final JsonMapper json;

	// All requests that wait for a load receive the same exception: it is logged once.
	private final AtomicReference<@Nullable Throwable> lastLogged = new AtomicReference<>();

	ProblemRenderer(JsonMapper json) {
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(failure);
		}
		ProblemDetails problem = ProblemDetails.of(failure);
		RequestRecord.of(exchange).ifPresent((request) -> request.failed(outcome(problem, failure)));
		Throwable cause = cause(failure);
		if (problem.status().value() == 500 && lastLogged.getAndSet(cause) != cause) {
			LOG.error("Internal error, answered with 500: requestId={} path={}", exchange.getRequest().getId(),
					RequestTarget.path(exchange.getRequest()), cause);
		}
		RenderedProblem rendered = render(problem, RequestTarget.path(exchange.getRequest()),
				exchange.getRequest().getId());
		response.setStatusCode(rendered.status());
		response.getHeaders().clear();
		response.getHeaders().addAll(rendered.headers());
		String cacheStatus = CacheHeaders.cacheStatus(failure);
		if (cacheStatus != null) {
			response.getHeaders().set(CacheHeaders.CACHE_STATUS, cacheStatus);
		}
		DataBuffer buffer = response.bufferFactory().wrap(rendered.body());
		return response.writeWith(Mono.just(buffer));
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CacheRefusal.Backoff backoff) ? backoff.failure() : failure;
	}

	private static Outcome outcome(ProblemDetails problem, Throwable failure) {
		if (failure instanceof TeamRefusal.EndpointNotAllowed || failure instanceof TeamRefusal.DataNotAllowed) {
			return Outcome.INVALID;
		}
		if (failure instanceof TeamRefusal || LoadFailures.of(failure).isRefusal()) {
			return Outcome.REFUSED;
		}
		if (cause(failure) instanceof UpstreamException.Rejected
				|| cause(failure) instanceof DownloadException.NotFound) {
			return Outcome.REJECTED;
		}
		if (problem.status().is4xxClientError()) {
			return Outcome.INVALID;
		}
		return (failure instanceof CacheRefusal) ? Outcome.REFUSED : Outcome.FAILED;
	}

	/**
	 * Renders a problem as an HTTP response.
	 * @param path path of the request, the <code>instance</code> of the problem
	 * @param requestId id of the request in the gateway's log
	 */
	public RenderedProblem render(ProblemDetails problem, String path, String requestId) {
		byte[] body = json.writeValueAsBytes(body(problem, path, requestId));
		HttpHeaders headers = new HttpHeaders();
		writeHeaders(problem, headers);
		headers.setContentLength(body.length);
		return new RenderedProblem(problem.status(), headers, body);
	}

	private static void writeHeaders(ProblemDetails problem, HttpHeaders headers) {
		headers.addAll(problem.headers());
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setCacheControl("no-store");
		Set<HttpMethod> allowed = problem.headers().getAllow();
		if (allowed.contains(HttpMethod.GET)) {
			headers.setAllow(Stream.concat(allowed.stream(), Stream.of(HttpMethod.HEAD))
				.collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(HttpMethod::name)))));
		}
		if (problem.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(problem.retryAfter())));
		}
	}

	private static Problem body(ProblemDetails problem, String path, String requestId) {
		Long retryAfter = (problem.retryAfter() != null) ? seconds(problem.retryAfter()) : null;
		return new Problem(URI.create(problem.type()), problem.title(), problem.status().value(), problem.detail(),
				path, requestId, problem.errors().isEmpty() ? null : problem.errors(), retryAfter, retryAfter);
	}

	private static long seconds(Duration duration) {
		return Math.max(1, duration.plusMillis(999).toSeconds());
	}

}
