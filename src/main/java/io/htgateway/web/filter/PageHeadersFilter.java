package io.htgateway.web.filter;

import java.util.Map;

import io.htgateway.access.request.RequestTarget;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits what the pages of the documentation may do in browsers: load their own files,
 * call this gateway, and nothing else. Tokens are typed in there.
 */
class PageHeadersFilter implements WebFilter {

	/**
	 * Swagger UI has its scripts and styles in files, and its icons in the styles. Only
	 * the colours of its logo are in an element that a script adds, which is allowed by
	 * its hash.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self';"
			+ " style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=';"
			+ " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy", POLICY,
			"X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isPage(RequestTarget.path(exchange.getRequest()))) {
			exchange.getResponse()
				.beforeCommit(() -> Mono.fromRunnable(() -> HEADERS.forEach(exchange.getResponse().getHeaders()::set)));
		}
		return chain.filter(exchange);
	}

	private static boolean isPage(String path) {
		return path.equals("/") || path.equals("/swagger-ui.html") || path.startsWith("/swagger-ui/")
				|| path.startsWith("/webjars/");
	}

}
