package io.htgateway.web.filter;

import java.util.Map;

import io.htgateway.access.request.RequestTarget;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Isolates the documentation pages and the explorer. Callers type tokens into them, so
 * browsers may load only their files, and the pages may call only this gateway. The files
 * of Swagger UI are unpacked from a jar, and are therefore read outside the event loops.
 */
class PagesFilter implements WebFilter {

	/**
	 * Swagger UI loads its scripts and styles from files, and its icons from the styles.
	 * Only the colours of its logo are in an element that a script adds; the hash allows
	 * that element.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self';"
			+ " style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=';"
			+ " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy", POLICY,
			"X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = RequestTarget.path(exchange.getRequest());
		if (!DocumentationPaths.isPage(path)) {
			return chain.filter(exchange);
		}
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> complete(response.getHeaders())));
		return DocumentationPaths.isFile(path)
				? chain.filter(exchange.mutate().response(new FileResponse(response)).build())
					.subscribeOn(Schedulers.boundedElastic())
				: chain.filter(exchange);
	}

	// The explorer has a stricter policy of its own.
	private static void complete(HttpHeaders headers) {
		HEADERS.forEach((name, value) -> {
			if (!headers.containsHeader(name)) {
				headers.set(name, value);
			}
		});
	}

	/**
	 * Response whose body is read on another thread than the event loop. The event loop
	 * requests more of the body whenever it has written a part.
	 */
	private static final class FileResponse extends ServerHttpResponseDecorator {

		private FileResponse(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(
					(body instanceof Mono) ? body : Flux.from(body).subscribeOn(Schedulers.boundedElastic()));
		}

	}

}
