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

/**
 * Asks the issuer of JWTs the same once a second at most, whatever comes of it: anybody
 * can send JWTs whose key is not known, for each of which the keys would be read again.
 * Passes on only usable keys.
 */
final class JwkSetThrottle implements ExchangeFilterFunction {

	private static final Duration LIFETIME = Duration.ofSeconds(1);

	// Of the keys, and of the few places where those may be told of.
	private final ConcurrentMap<URI, Answer> answers = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private final IssuerLog log;

	JwkSetThrottle(InstantSource clock, IssuerLog log) {
		this.clock = Dates.elapsed(clock);
		this.log = log;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Objects
			.requireNonNull(answers.compute(request.url(), (url, last) -> isGood(last) ? last : ask(request, next)))
			.entity()
			.map((entity) -> response(entity.getStatusCode(), entity.getBody()));
	}

	private boolean isGood(@Nullable Answer answer) {
		return answer != null && clock.instant().isBefore(answer.end());
	}

	// It comes to its end also where nobody waits for it any more.
	private Answer ask(ClientRequest request, ExchangeFunction next) {
		Mono<ResponseEntity<String>> entity = next.exchange(request)
			.flatMap((response) -> response.toEntity(String.class))
			.map(this::usable)
			.doOnError(log::failed);
		return new Answer(entity.cache(), clock.instant().plus(LIFETIME));
	}

	private ResponseEntity<String> usable(ResponseEntity<String> answer) {
		log.answered(answer.getStatusCode());
		String body = Objects.requireNonNullElse(answer.getBody(), "");
		if (!answer.getStatusCode().is2xxSuccessful()) {
			return answer;
		}
		return UsableKeys.find(body).map((keys) -> {
			String json = keys.json();
			log.read(keys);
			return new ResponseEntity<>(json, answer.getStatusCode());
		}).orElse(answer);
	}

	private static ClientResponse response(HttpStatusCode status, @Nullable String body) {
		return ClientResponse.create(status)
			.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
			.body((body != null) ? body : "")
			.build();
	}

	private record Answer(Mono<ResponseEntity<String>> entity, Instant end) {
	}

}
