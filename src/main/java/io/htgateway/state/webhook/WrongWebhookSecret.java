package io.htgateway.state.webhook;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A delivery has no bearer token, or a wrong one.
 */
@SuppressWarnings("serial")
final class WrongWebhookSecret extends ResponseStatusException {

	WrongWebhookSecret() {
		super(HttpStatus.UNAUTHORIZED, "send the secret of gateway.state.webhook as Authorization: Bearer <secret>");
	}

	@Override
	public HttpHeaders getHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return headers;
	}

}
