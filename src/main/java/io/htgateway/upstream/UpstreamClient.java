package io.htgateway.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

import io.htgateway.secret.Secret;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one way to the paid API: sends a request with the key and nothing of the client's,
 * and tells every way in which it can end.
 */
public final class UpstreamClient {

	/**
	 * As much of a refusal as is read.
	 */
	private static final int MAX_REFUSAL_SIZE = 64 * 1024;

	private static final Pattern SECONDS = Pattern.compile("[0-9]+");

	// What any larger number of seconds counts as (RFC 9111 1.2.2).
	private static final long MAX_SECONDS = 1L << 31;

	private final OverruledDirectives overruled = new OverruledDirectives();

	private final WebClient webClient;

	private final URI baseUrl;

	private final Secret apiKey;

	private final Duration deadline;

	private final InstantSource clock;

	UpstreamClient(WebClient webClient, UpstreamProperties properties, InstantSource clock) {
		this.webClient = webClient;
		this.baseUrl = properties.baseUrl();
		this.apiKey = properties.apiKey();
		this.deadline = properties.connectTimeout().plus(properties.responseTimeout());
		this.clock = clock;
	}

	/**
	 * One call, and its whole answer. Fails with an {@link UpstreamException} only.
	 */
	public Mono<UpstreamResponse> fetch(UpstreamRequest request) {
		return webClient.get()
			.uri(request.template(), request.variables())
			.exchangeToMono((response) -> read(request, response))
			.timeout(deadline)
			.onErrorMap(UpstreamFailures::translate);
	}

	/**
	 * One call whose answer has to be a JSON object with the given array. Fails with an
	 * {@link UpstreamException} only.
	 */
	public Mono<JsonAnswer> fetchArray(UpstreamRequest request, String array) {
		return fetch(request).map(UpstreamResponse::content).flatMap((content) -> {
			if (!content.isJson()) {
				throw new UpstreamException.Malformed("a body that is not declared as JSON");
			}
			return JsonEnvelope.read(content.body())
				.doOnNext((envelope) -> envelope.array(array))
				.map((envelope) -> new JsonAnswer(content, envelope));
		});
	}

	/**
	 * Longest time that a call takes.
	 */
	public Duration deadline() {
		return deadline;
	}

	private Mono<UpstreamResponse> read(UpstreamRequest request, ClientResponse response) {
		HttpStatusCode status = response.statusCode();
		if (status.is3xxRedirection() && response.headers().asHttpHeaders().containsHeader(HttpHeaders.LOCATION)) {
			return response.releaseBody().then(Mono.fromCallable(() -> redirect(response)));
		}
		if (status.value() != 200) {
			return refusal(response);
		}
		overruled.note(request.endpoint(), response.headers().asHttpHeaders());
		return content(response);
	}

	private UpstreamResponse redirect(ClientResponse response) {
		String location = response.headers().header(HttpHeaders.LOCATION).getFirst();
		try {
			return new UpstreamResponse.Redirect(baseUrl.resolve(location));
		}
		catch (IllegalArgumentException notUri) {
			throw new UpstreamException.Malformed("a redirect to something that is not a URI");
		}
	}

	private static Mono<UpstreamResponse> content(ClientResponse response) {
		String type = response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return response.bodyToMono(byte[].class)
			.<UpstreamResponse>map((body) -> new UpstreamResponse.Content(
					(type != null) ? type : MediaType.APPLICATION_JSON_VALUE, body, age(response)))
			.switchIfEmpty(Mono.error(() -> new UpstreamException.Malformed("an empty body")));
	}

	private static Duration age(ClientResponse response) {
		String age = response.headers().asHttpHeaders().getFirst(HttpHeaders.AGE);
		if (age == null || !SECONDS.matcher(age).matches()) {
			return Duration.ZERO;
		}
		return Duration.ofSeconds((age.length() > 10) ? MAX_SECONDS : Math.min(Long.parseLong(age), MAX_SECONDS));
	}

	private Mono<UpstreamResponse> refusal(ClientResponse response) {
		Flux<DataBuffer> start = DataBufferUtils.takeUntilByteCount(response.bodyToFlux(DataBuffer.class),
				MAX_REFUSAL_SIZE);
		return DataBufferUtils.join(start)
			.publishOn(Schedulers.boundedElastic())
			.map(UpstreamClient::text)
			.onErrorComplete()
			.defaultIfEmpty("")
			.flatMap((body) -> Mono.error(refusal(response, body)));
	}

	private static String text(DataBuffer buffer) {
		try {
			return buffer.toString(StandardCharsets.UTF_8);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private UpstreamException refusal(ClientResponse response, String body) {
		int status = response.statusCode().value();
		return switch (status) {
			case 400, 404, 422 -> new UpstreamException.Rejected(status, UpstreamErrorBody.message(body, apiKey));
			case 401, 403 -> new UpstreamException.CredentialsRefused(status);
			case 429 -> new UpstreamException.RateLimited(
					RetryAfter.of(response.headers().asHttpHeaders(), body, clock.instant()));
			default -> new UpstreamException.Failed(status);
		};
	}

}
