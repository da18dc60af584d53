package io.htgateway.web.filter;

import io.htgateway.time.Dates;
import io.htgateway.web.reply.Cors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Adds the headers of every response, also of errors: <code>Date</code> (RFC 9110 6.6.1),
 * which the HTTP server does not add, and the CORS headers if CORS is on.
 */
class ResponseHeadersFilter implements WebFilter {

	private final Dates dates;

	private final @Nullable Cors cors;

	/**
	 * Creates a filter.
	 * @param cors rules for pages of other origins, or null to add no CORS headers
	 */
	ResponseHeadersFilter(Dates dates, @Nullable Cors cors) {
		this.dates = dates;
		this.cors = (cors != null && cors.isOn()) ? cors : null;
	}

	// The headers are added when the response is sent: before that, its headers are
	// replaced as a whole.
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			complete(exchange);
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

	private void complete(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		if (!headers.containsHeader(HttpHeaders.DATE)) {
			headers.setDate(dates.clock().millis());
		}
		if (cors != null) {
			cors.addHeaders(exchange.getRequest().getHeaders().getOrigin(), headers);
		}
	}

}
