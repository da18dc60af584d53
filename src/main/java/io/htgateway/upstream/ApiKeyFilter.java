package io.htgateway.upstream;

import java.net.URI;
import java.util.function.Supplier;

import io.htgateway.secret.Secret;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Filter that adds the API key to calls of the configured upstream and refuses any other
 * target.
 *
 * @param upstream base URL of the upstream
 * @param apiKey returns the current key
 */
record ApiKeyFilter(URI upstream, Supplier<Secret> apiKey) implements ExchangeFilterFunction {

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!sameOrigin(request.url())) {
			return Mono.error(new IllegalStateException("the API key may only be sent to gateway.upstream.base-url"));
		}
		return next.exchange(
				ClientRequest.from(request).headers((headers) -> headers.setBearerAuth(apiKey.get().reveal())).build());
	}

	private boolean sameOrigin(URI target) {
		return upstream.getScheme().equalsIgnoreCase(target.getScheme())
				&& upstream.getHost().equalsIgnoreCase(target.getHost()) && upstream.getPort() == target.getPort();
	}

}
