package io.htgateway.web;

import java.net.URI;
import java.net.URISyntaxException;

import io.netty.buffer.Unpooled;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Refuses request targets that are no URI, which the framework would do without a body.
 */
class BadTargetRoute implements NettyRouteProvider {

	private static final String REASON = "the request target must be a URI without a fragment, percent-encoded where necessary";

	private final ProblemRenderer problems;

	BadTargetRoute(ProblemRenderer problems) {
		this.problems = problems;
	}

	@Override
	public HttpServerRoutes apply(HttpServerRoutes routes) {
		return routes.route(BadTargetRoute::isBad, this::refuse);
	}

	private static boolean isBad(HttpServerRequest request) {
		try {
			URI target = new URI(request.uri());
			return target.getRawPath() == null || target.getRawFragment() != null;
		}
		catch (URISyntaxException notUri) {
			return true;
		}
	}

	private Mono<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
		ResponseStatusException failure = new ResponseStatusException(HttpStatus.BAD_REQUEST, REASON);
		RenderedProblem problem = problems.render(ProblemDetails.of(failure), "/", request.requestId());
		problem.headers().forEach((name, values) -> response.responseHeaders().set(name, values));
		response.status(problem.status().value());
		return response.sendObject(Unpooled.wrappedBuffer(problem.body())).then();
	}

}
