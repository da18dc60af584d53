package io.htgateway.access.jwt;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Throttle of requests to the JWT issuer: each URL is requested at most once a second,
 * whether the request succeeds or not. Otherwise anybody could cause requests by sending
 * JWTs with unknown keys, since each of them needs the keys to be read again. Passes on
 * only usable keys.
 */
final class JwkSetThrottle implements ExchangeFilterFunction {

	private static final Duration LIFETIME = Duration.ofSeconds(1);

	// By URL: of the key set, and of the few places of the issuer's metadata.
	private final ConcurrentMap<URI, SharedResponse> responses = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private final IssuerLog log;

	private final Scheduler thread;

	/**
	 * Creates a throttle.
	 * @param thread runs the work that waits for a response, which would take too long on
	 * an event loop
	 */
	JwkSetThrottle(InstantSource clock, IssuerLog log, Scheduler thread) {
		this.clock = Dates.elapsed(clock);
		this.log = log;
		this.thread = thread;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		SharedResponse shared = Objects.requireNonNull(
				responses.compute(request.url(), (url, last) -> isFresh(last) ? last : send(request, next)));
		return shared.request().response().map((entity) -> response(entity.getStatusCode(), entity.getBody()));
	}

	private boolean isFresh(@Nullable SharedResponse response) {
		return response != null && clock.instant().isBefore(response.end());
	}

	private SharedResponse send(ClientRequest request, ExchangeFunction next) {
		Mono<ResponseEntity<String>> entity = next.exchange(request)
			.flatMap((response) -> response.toEntity(String.class))
			.map((response) -> usable(request, response))
			.doOnError(log::failed)
			.publishOn(thread);
		return new SharedResponse(new KeyRequest(entity), clock.instant().plus(LIFETIME));
	}

	private ResponseEntity<String> usable(ClientRequest request, ResponseEntity<String> response) {
		log.answered(request, response.getStatusCode());
		String body = Objects.requireNonNullElse(response.getBody(), "");
		if (!response.getStatusCode().is2xxSuccessful()) {
			return response;
		}
		return UsableKeys.find(body).map((keys) -> {
			String json = keys.json();
			log.read(keys);
			return new ResponseEntity<>(json, response.getStatusCode());
		}).orElse(response);
	}

	private static ClientResponse response(HttpStatusCode status, @Nullable String body) {
		return ClientResponse.create(status)
			.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
			.body((body != null) ? body : "")
			.build();
	}

	private record SharedResponse(KeyRequest request, Instant end) {
	}

}
