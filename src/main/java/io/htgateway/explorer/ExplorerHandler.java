package io.htgateway.explorer;

import java.time.Duration;
import java.util.Map;

import io.htgateway.web.reply.AcceptEncoding;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Handles requests for the page and its files. Their addresses contain their version, so
 * that browsers may reuse them for a year; the page is revalidated each time.
 */
final class ExplorerHandler implements WebHandler {

	/**
	 * Route of the files. The page is at the root.
	 */
	static final String FILES = "/explorer/{version}/{file}";

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
			+ " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
			+ " require-trusted-types-for 'script'; trusted-types 'none'";

	private static final CacheControl REVALIDATED = CacheControl.noCache();

	private static final CacheControl IMMUTABLE = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final ExplorerFiles files;

	ExplorerHandler(ExplorerFiles files) {
		this.files = files;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		Map<String, String> path = exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				Map.of());
		ExplorerFile file = files.find(path.getOrDefault("file", ExplorerFiles.PAGE));
		if (file == null) {
			return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND, "the explorer has no such file"));
		}
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Content-Security-Policy", POLICY);
		// During an update, a page can request its files from a replica of another
		// version.
		headers.setCacheControl(files.version().equals(path.get("version")) ? IMMUTABLE : REVALIDATED);
		headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		return exchange.checkNotModified(file.etag()) ? exchange.getResponse().setComplete() : send(exchange, file);
	}

	private static Mono<Void> send(ServerWebExchange exchange, ExplorerFile file) {
		boolean gzip = AcceptEncoding
			.allowsGzip(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING));
		byte[] body = gzip ? file.gzip() : file.content();
		ServerHttpResponse response = exchange.getResponse();
		response.getHeaders().setContentType(file.type());
		response.getHeaders().setContentLength(body.length);
		if (gzip) {
			response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, "gzip");
		}
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

}
