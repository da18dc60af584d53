package io.htgateway.web.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.BiFunction;

import io.htgateway.access.request.ClientAddresses;
import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.AccessLog;
import io.htgateway.traffic.Outcome;
import io.htgateway.web.ProblemRenderer;
import io.htgateway.web.problem.ProblemDetails;
import io.htgateway.web.problem.RenderedProblem;
import io.htgateway.web.protocol.HostHeader;
import io.htgateway.web.reply.Cors;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Rejects request targets that are not URIs, for which the framework would send no body,
 * and invalid <code>Host</code> headers, which it would accept.
 */
class BadRequestRoute implements NettyRouteProvider {

	private static final String TARGET = "invalid request target: it must be a URI without a fragment,"
			+ " percent-encoded where necessary";

	private static final String HOST = "invalid host: a request must have one Host header, or :authority in HTTP/2,"
			+ " with a name or address and an optional port, such as gateway.example:8080";

	private final ProblemRenderer problems;

	private final Cors cors;

	private final AccessLog log;

	private final ClientAddresses addresses;

	private final InstantSource clock;

	BadRequestRoute(ProblemRenderer problems, Cors cors, AccessLog log, ClientAddresses addresses,
			InstantSource clock) {
		this.problems = problems;
		this.cors = cors;
		this.log = log;
		this.addresses = addresses;
		this.clock = clock;
	}

	@Override
	public HttpServerRoutes apply(HttpServerRoutes routes) {
		return routes.route(BadRequestRoute::isInvalidTarget, reject(TARGET))
			.route((request) -> !HostHeader.isValid(request), reject(HOST));
	}

	private static boolean isInvalidTarget(HttpServerRequest request) {
		try {
			URI target = new URI(request.uri());
			return target.getRawPath() == null || target.getRawFragment() != null;
		}
		catch (URISyntaxException notUri) {
			return true;
		}
	}

	private BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> reject(String reason) {
		return (request, response) -> reject(request, response, reason);
	}

	private Mono<Void> reject(HttpServerRequest request, HttpServerResponse response, String reason) {
		long start = System.nanoTime();
		ResponseStatusException failure = new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
		RenderedProblem problem = problems.render(ProblemDetails.of(failure), "/", request.requestId());
		if (cors.isOn()) {
			cors.addHeaders(request.requestHeaders().get(HttpHeaderNames.ORIGIN), problem.headers());
		}
		problem.headers().forEach((name, values) -> response.responseHeaders().set(name, values));
		response.header(HttpHeaderNames.DATE, DateFormatter.format(Date.from(clock.instant())));
		response.status(problem.status().value());
		log.write(new AccessLine(request.requestId(), addresses.of(request), null, request.method().name(),
				request.uri(), null, problem.status().value(), Outcome.INVALID, null, System.nanoTime() - start));
		return response.sendObject(Unpooled.wrappedBuffer(problem.body())).then();
	}

}
