package io.htgateway.web.filter;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.htgateway.access.request.RequestTarget;
import io.htgateway.web.reply.Cors;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Rejects requests that match no endpoint: methods other than GET and HEAD, except an
 * allowed preflight, and paths that could be read in two ways.
 */
class RequestGuard implements WebFilter {

	static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9:._~/-]*");

	private final Cors cors;

	private final List<Webhook> webhooks;

	RequestGuard(Cors cors, List<Webhook> webhooks) {
		this.cors = cors;
		this.webhooks = webhooks.stream().filter(Webhook::isOn).toList();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (cors.allowsPreflight(request)) {
			cors.answerPreflight(exchange.getResponse());
			return exchange.getResponse().setComplete();
		}
		for (Webhook webhook : webhooks) {
			if (webhook.path().equals(RequestTarget.path(request))) {
				return webhook.receive(exchange);
			}
		}
		if (!METHODS.contains(request.getMethod())) {
			return Mono.error(new MethodNotAllowedException(request.getMethod(), METHODS));
		}
		if (!isPlain(RequestTarget.path(request))) {
			return Mono.error(new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"invalid path: use letters, digits and : . _ ~ - between single slashes; no segment may"
							+ " start with a dot, and only the colon may be percent-encoded"));
		}
		return chain.filter(exchange);
	}

	// The colon of a dex prefix may be encoded, because many clients do that.
	private static boolean isPlain(String rawPath) {
		String path = rawPath.replace("%3A", ":").replace("%3a", ":");
		return PLAIN.matcher(path).matches() && !path.contains("//") && !path.contains("/.");
	}

}
