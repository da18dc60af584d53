package io.htgateway.web.filter;

import java.util.List;

import io.htgateway.access.request.RequestTarget;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes the files of Swagger UI off the event loops: they are read, and unpacked, from a
 * jar while they are served.
 */
class SwaggerUiFilter implements WebFilter {

	private static final List<String> FILES = List.of("/swagger-ui/", "/webjars/");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (FILES.stream().noneMatch(RequestTarget.path(exchange.getRequest())::startsWith)) {
			return chain.filter(exchange);
		}
		ServerWebExchange reading = exchange.mutate().response(new Reading(exchange.getResponse())).build();
		return chain.filter(reading).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Asks elsewhere for what is to be written. The event loop asks for more when it has
	 * written what it had.
	 */
	private static final class Reading extends ServerHttpResponseDecorator {

		private Reading(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(
					(body instanceof Mono) ? body : Flux.from(body).subscribeOn(Schedulers.boundedElastic()));
		}

	}

}
