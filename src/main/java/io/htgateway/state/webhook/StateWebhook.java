package io.htgateway.state.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.htgateway.access.Credential;
import io.htgateway.secret.Secret;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.status.StateStatus;
import io.htgateway.web.filter.Webhook;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives the state webhook of the upstream. A delivery contains no data and causes no
 * load: it only reports the date of a state to the state clock. A repeated or late
 * delivery changes nothing.
 */
final class StateWebhook implements Webhook {

	static final String PATH = "/hooks/hypertracker/state";

	private static final String EVENT = "stateUpdated";

	/**
	 * Largest body in bytes; deliveries have about a hundred.
	 */
	private static final int MAX_BODY = 8 * 1024;

	private final @Nullable Supplier<Secret> secret;

	private final StateClock state;

	private final InstantSource dates;

	/**
	 * Creates the webhook.
	 * @param secret the current secret, or null if the webhook is off
	 */
	StateWebhook(@Nullable Supplier<Secret> secret, StateClock state, InstantSource dates) {
		this.secret = secret;
		this.state = state;
		this.dates = dates;
	}

	@Override
	public boolean isOn() {
		return secret != null;
	}

	@Override
	public String path() {
		return PATH;
	}

	@Override
	public Mono<Void> receive(ServerWebExchange exchange) {
		if (!HttpMethod.POST.equals(exchange.getRequest().getMethod())) {
			return Mono
				.error(new MethodNotAllowedException(exchange.getRequest().getMethod(), Set.of(HttpMethod.POST)));
		}
		if (!isAuthorized(exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION))) {
			return Mono.error(new WrongWebhookSecret());
		}
		return DataBufferUtils.join(exchange.getRequest().getBody(), MAX_BODY)
			.onErrorMap(DataBufferLimitException.class,
					(tooLarge) -> new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
							"the body must have at most " + MAX_BODY + " bytes"))
			.map((buffer) -> {
				String body = buffer.toString(StandardCharsets.UTF_8);
				DataBufferUtils.release(buffer);
				return body;
			})
			.defaultIfEmpty("")
			.flatMap((body) -> {
				delivered(body);
				exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
				return exchange.getResponse().setComplete();
			});
	}

	private boolean isAuthorized(List<String> authorization) {
		Secret sent = Credential.isBearer(authorization) ? Credential.find((name) -> authorization) : null;
		return secret != null && sent != null && sent.equals(secret.get());
	}

	private void delivered(String body) {
		JsonNode delivery = parse(body);
		JsonNode event = delivery.get("event");
		if (event == null || !event.isString()) {
			throw badRequest();
		}
		if (EVENT.equals(event.asString())) {
			Instant today = dates.instant();
			Instant at = StateStatus.date(delivery.get("timestamp"));
			state.report(StateUpdate.of((at == null || at.isAfter(today)) ? today : at, StateSource.WEBHOOK));
		}
	}

	private static JsonNode parse(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException notJson) {
			throw badRequest();
		}
	}

	private static ResponseStatusException badRequest() {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST,
				"the body must be a JSON object with an event, such as {\"event\": \"stateUpdated\", "
						+ "\"timestamp\": \"2026-11-27T10:15:00Z\", \"data\": {}}");
	}

}
