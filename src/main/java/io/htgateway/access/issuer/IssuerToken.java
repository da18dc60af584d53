package io.htgateway.access.issuer;

import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.htgateway.secret.Secret;
import io.htgateway.secret.UnusableSecretException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Filter that adds a bearer token to requests to one origin (RFC 6454). The issuer's
 * metadata may name keys at another origin, which are requested without it.
 *
 * @param issuer URL of the origin
 * @param token returns the current token
 */
record IssuerToken(URI issuer, Supplier<Secret> token) implements ExchangeFilterFunction {

	// A token as a header may contain it (RFC 6750 2.1).
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private static final int HTTPS_PORT = 443;

	/**
	 * Returns the given token.
	 * @throws UnusableSecretException if it cannot be a token
	 */
	static Secret requireToken(Secret content) {
		if (!TOKEN.matcher(content.reveal()).matches()) {
			throw new UnusableSecretException("must contain one token and nothing else, without \"Bearer\" or quotes");
		}
		return content;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return next.exchange(isIssuer(request.url()) ? withToken(request) : request);
	}

	private ClientRequest withToken(ClientRequest request) {
		return ClientRequest.from(request).headers((headers) -> headers.setBearerAuth(token.get().reveal())).build();
	}

	private boolean isIssuer(URI target) {
		String origin = origin(issuer);
		return origin != null && origin.equals(origin(target));
	}

	// Only of https: the token must not be readable on the way.
	private static @Nullable String origin(URI uri) {
		if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
			return null;
		}
		int port = (uri.getPort() < 0) ? HTTPS_PORT : uri.getPort();
		return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
	}

}
